package dev.reprise.interop.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.sdk.DurablePromise;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.InvocationRetryPolicy;
import dev.reprise.sdk.service.InvocationRetryPolicy.OnMaxAttempts;
import dev.reprise.sdk.service.ServiceBuilder;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services of the contract in our SDK. */
final class RepriseContract {
    /** More than a process needs to be started again. */
    private static final int ATTEMPTS_MAX = 10_000;

    private static final StateKey<JsonNode> STATUS = key("status");
    private static final StateKey<Integer> COUNT = StateKey.of("count", Integer.class);

    private final ReprisePeers peers;
    private final HandlerOptions options;

    RepriseContract(String variant, @Nullable Duration inactivityTimeout) {
        peers = new ReprisePeers(variant);
        HandlerOptions.Builder builder = HandlerOptions.builder()
                .retryPolicy(InvocationRetryPolicy.maxAttempts(ATTEMPTS_MAX, OnMaxAttempts.PAUSE)
                        .withInitialInterval(Duration.ofMillis(20))
                        .withMaxInterval(Duration.ofMillis(100))
                        .withExponentiationFactor(2));
        options = (inactivityTimeout == null ? builder : builder.inactivityTimeout(inactivityTimeout)).build();
    }

    List<ServiceDefinition> services() {
        String variant = peers.variant();
        ServiceDefinition hidden = ServiceDefinition.service("Hidden" + variant)
                .handler("greet", JsonValues.JSON, JsonValues.ANY, (_, name) -> "Psst, " + name.asText())
                .options(HandlerOptions.builder().ingressPrivate(true).build())
                .build();
        return List.of(
                configured(new RepriseOps(peers).builder().build()),
                configured(hidden),
                configured(cell().build()),
                configured(flow().build()),
                configured(new Tour(peers).definition()));
    }

    private ServiceDefinition configured(ServiceDefinition service) {
        return service.withOptions(options);
    }

    private ServiceBuilder.OfObject cell() {
        ServiceBuilder.OfObject cell = ServiceDefinition.object("Cell" + peers.variant());
        exclusive(cell, "set", (ctx, in) -> {
            ctx.set(key(in.get("name").asText()), in.get("value"));
            return null;
        });
        exclusive(cell, "get", (ctx, name) -> ctx.get(key(name.asText())).orElse(null));
        exclusive(cell, "clear", (ctx, name) -> {
            ctx.clear(key(name.asText()));
            return null;
        });
        exclusive(cell, "clearAll", (ctx, _) -> {
            ctx.clearAll();
            return null;
        });
        exclusive(cell, "keys", (ctx, _) -> ctx.stateKeys().stream().sorted().toList());
        exclusive(cell, "add", (ctx, n) -> {
            int sum = ctx.get(COUNT).orElse(0) + n.asInt();
            ctx.set(COUNT, sum);
            return sum;
        });
        exclusive(cell, "fill", RepriseContract::fill);
        exclusive(
                cell,
                "weigh",
                (ctx, _) -> ctx.stateKeys().stream()
                        .mapToInt(name -> ctx.get(StateKey.of(name, String.class))
                                .orElse("")
                                .length())
                        .sum());
        exclusive(
                cell,
                "block",
                (ctx, other) -> peers.awakeable(ctx, other.asText()).await());
        return cell.shared(
                "peek",
                JsonValues.JSON,
                JsonValues.ANY,
                (ctx, name) -> ctx.get(key(name.asText())).orElse(null));
    }

    private static void exclusive(
            ServiceBuilder.OfObject cell, String name, Code<ObjectContext, JsonNode, @Nullable Object> code) {
        cell.handler(name, JsonValues.JSON, JsonValues.ANY, code);
    }

    private static @Nullable Object fill(ObjectContext ctx, JsonNode in) {
        String item = "x".repeat(in.get("length").asInt());
        for (int i = 0; i < in.get("count").asInt(); i++) {
            ctx.set(StateKey.of("item-" + i, String.class), item);
        }
        return null;
    }

    private ServiceBuilder.OfWorkflow flow() {
        ServiceBuilder.OfWorkflow flow = ServiceDefinition.workflow("Flow" + peers.variant());
        flow.run("run", JsonValues.JSON, JsonValues.ANY, (ctx, input) -> {
            ctx.set(STATUS, TextNode.valueOf("waiting"));
            Object answer = go(ctx).get().await();
            ctx.set(STATUS, TextNode.valueOf("done"));
            return input.asText() + ": " + answer;
        });
        shared(flow, "go", (ctx, value) -> {
            go(ctx).resolve(value);
            return null;
        });
        shared(flow, "stop", (ctx, reason) -> {
            go(ctx).reject(reason.asText());
            return null;
        });
        shared(flow, "peek", (ctx, _) -> go(ctx).peek().orElse(null));
        shared(flow, "join", (ctx, _) -> go(ctx).get().await());
        shared(flow, "status", (ctx, _) -> ctx.get(STATUS).orElse(null));
        return flow;
    }

    private static void shared(
            ServiceBuilder.OfWorkflow flow, String name, Code<SharedWorkflowContext, JsonNode, @Nullable Object> code) {
        flow.shared(name, JsonValues.JSON, JsonValues.ANY, code);
    }

    private static DurablePromise<@Nullable Object> go(SharedWorkflowContext ctx) {
        return ctx.promise("go", JsonValues.ANY);
    }

    private static StateKey<JsonNode> key(String name) {
        return StateKey.of(name, JsonValues.JSON);
    }
}
