package dev.reprise.interop.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.restate.common.Request;
import dev.restate.common.RequestBuilder;
import dev.restate.common.Target;
import dev.restate.sdk.Context;
import dev.restate.sdk.DurableFuture;
import dev.restate.sdk.ObjectContext;
import dev.restate.sdk.common.StateKey;
import dev.restate.sdk.endpoint.Endpoint;
import dev.restate.sdk.endpoint.definition.InvocationRetryPolicy;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The kill test's services in the official Java SDK; {@code ledger.mjs} is the same in TypeScript and says what they
 * note.
 */
public final class LedgerServices {
    private static final Path FILE = Path.of(System.getenv("LEDGER_FILE"));
    private static final StateKey<Integer> SUM = StateKey.of("sum", Integer.class);

    private LedgerServices() {}

    /** Serves at the port that is given until it is killed. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        RestateHttpServer.listen(Endpoint.bind(ledger()).bind(tally()).build(), Integer.parseInt(args[0]));
        System.out.println("ready");
    }

    private static ServiceDefinition ledger() {
        return quickly(new Handlers()
                .shared("work", (Context ctx, JsonNode in) -> work(ctx, in))
                .as("LedgerJava", ServiceType.SERVICE));
    }

    private static ServiceDefinition tally() {
        return quickly(new Handlers()
                .exclusive("add", (ObjectContext ctx, JsonNode n) -> {
                    ctx.set(SUM, ctx.get(SUM).orElse(0) + n.asInt());
                    return null;
                })
                .exclusive(
                        "sum", (ObjectContext ctx, JsonNode _) -> ctx.get(SUM).orElse(null))
                .as("TallyJava", ServiceType.VIRTUAL_OBJECT));
    }

    /** A process may be down for long: nothing gives up. */
    private static ServiceDefinition quickly(ServiceDefinition definition) {
        return definition.configure(service -> service.invocationRetryPolicy(InvocationRetryPolicy.builder()
                .initialInterval(Duration.ofMillis(20))
                .maxInterval(Duration.ofMillis(200))
                .exponentiationFactor(2.0)
                .maxAttempts(1_000_000)));
    }

    private static List<String> work(Context ctx, JsonNode in) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < in.get("steps").asInt(); i++) {
            values.add(seen(ctx, "step-" + i, run(ctx, "step-" + i)));
        }
        DurableFuture<String> left = run(ctx, "left");
        DurableFuture<String> right = run(ctx, "right");
        DurableFuture.all(List.of(left, right)).await();
        values.add(seen(ctx, "left", left));
        values.add(seen(ctx, "right", right));
        ctx.send(add(in.get("tally")));
        ctx.sleep(Duration.ofMillis(20));
        ctx.call(add(in.get("tally"))).await();
        values.add(seen(ctx, "last", run(ctx, "last")));
        return values;
    }

    private static RequestBuilder<JsonNode, Object> add(JsonNode tally) {
        Target add = Target.virtualObject("TallyJava", tally.asText(), "add");
        return Request.of(add, Handlers.JSON, Handlers.ANY, IntNode.valueOf(1));
    }

    private static DurableFuture<String> run(Context ctx, String step) {
        return ctx.runAsync(step, String.class, () -> {
            String value = UUID.randomUUID().toString();
            note(ctx, "executed", step, value);
            return value;
        });
    }

    private static String seen(Context ctx, String step, DurableFuture<String> result) {
        String value = result.await();
        note(ctx, "seen", step, value);
        return value;
    }

    private static synchronized void note(Context ctx, String what, String step, String value) {
        String line = what + ' ' + ctx.request().invocationId() + ' ' + step + ' ' + value + '\n';
        try {
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot add to " + FILE, e);
        }
    }
}
