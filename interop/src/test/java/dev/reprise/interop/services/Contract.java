package dev.reprise.interop.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.restate.sdk.Context;
import dev.restate.sdk.ObjectContext;
import dev.restate.sdk.SharedObjectContext;
import dev.restate.sdk.SharedWorkflowContext;
import dev.restate.sdk.WorkflowContext;
import dev.restate.sdk.common.DurablePromiseKey;
import dev.restate.sdk.common.StateKey;
import dev.restate.sdk.endpoint.definition.InvocationRetryPolicy;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services of the contract in the official Java SDK; {@code contract.mjs} is the same in TypeScript. */
final class Contract {
    private static final DurablePromiseKey<Object> GO = DurablePromiseKey.of("go", Handlers.ANY);
    private static final StateKey<Object> STATUS = StateKey.of("status", Handlers.ANY);
    private static final StateKey<Integer> COUNT = StateKey.of("count", Integer.class);

    private final Peers peers;
    private final @Nullable Duration inactivityTimeout;

    Contract(String variant, @Nullable Duration inactivityTimeout) {
        peers = new Peers(variant);
        this.inactivityTimeout = inactivityTimeout;
    }

    List<ServiceDefinition> services() {
        String variant = peers.variant();
        return List.of(
                configured(new Ops(peers).definition()),
                configured(hidden().as("Hidden" + variant, ServiceType.SERVICE)).configure(c -> c.ingressPrivate(true)),
                configured(cell().as("Cell" + variant, ServiceType.VIRTUAL_OBJECT)),
                configured(flow().as("Flow" + variant, ServiceType.WORKFLOW)));
    }

    private ServiceDefinition configured(ServiceDefinition definition) {
        var retries = InvocationRetryPolicy.builder()
                .initialInterval(Duration.ofMillis(20))
                .maxInterval(Duration.ofMillis(100))
                .exponentiationFactor(2.0);
        return definition.configure(service -> {
            service.invocationRetryPolicy(retries);
            if (inactivityTimeout != null) {
                service.inactivityTimeout(inactivityTimeout);
            }
        });
    }

    private static Handlers hidden() {
        return new Handlers().shared("greet", (Context _, JsonNode name) -> "Psst, " + name.asText());
    }

    private Handlers cell() {
        return new Handlers()
                .exclusive("set", (ObjectContext ctx, JsonNode in) -> {
                    ctx.set(key(in.get("name")), in.get("value"));
                    return null;
                })
                .exclusive(
                        "get",
                        (ObjectContext ctx, JsonNode name) -> ctx.get(key(name)).orElse(null))
                .exclusive("clear", (ObjectContext ctx, JsonNode name) -> {
                    ctx.clear(key(name));
                    return null;
                })
                .exclusive("clearAll", (ObjectContext ctx, JsonNode _) -> {
                    ctx.clearAll();
                    return null;
                })
                .exclusive(
                        "keys",
                        (ObjectContext ctx, JsonNode _) ->
                                ctx.stateKeys().stream().sorted().toList())
                .exclusive("add", (ObjectContext ctx, JsonNode n) -> {
                    int sum = ctx.get(COUNT).orElse(0) + n.asInt();
                    ctx.set(COUNT, sum);
                    return sum;
                })
                .exclusive("fill", (ObjectContext ctx, JsonNode in) -> {
                    for (int i = 0; i < in.get("count").asInt(); i++) {
                        ctx.set(
                                StateKey.of("item-" + i, String.class),
                                "x".repeat(in.get("length").asInt()));
                    }
                    return null;
                })
                .exclusive("weigh", (ObjectContext ctx, JsonNode _) -> weigh(ctx))
                .exclusive(
                        "block",
                        (ObjectContext ctx, JsonNode cell) ->
                                peers.awakeable(ctx, cell.asText()).await())
                .shared(
                        "peek",
                        (SharedObjectContext ctx, JsonNode name) ->
                                ctx.get(key(name)).orElse(null));
    }

    private static int weigh(ObjectContext ctx) {
        int length = 0;
        for (String name : ctx.stateKeys()) {
            length += ctx.get(StateKey.of(name, String.class)).orElse("").length();
        }
        return length;
    }

    private static Handlers flow() {
        return new Handlers()
                .workflow("run", (WorkflowContext ctx, JsonNode input) -> {
                    ctx.set(STATUS, "waiting");
                    Object answer = ctx.promise(GO).future().await();
                    ctx.set(STATUS, "done");
                    return input.asText() + ": " + answer;
                })
                .shared("go", (SharedWorkflowContext ctx, JsonNode value) -> {
                    ctx.promiseHandle(GO).resolve(value);
                    return null;
                })
                .shared("stop", (SharedWorkflowContext ctx, JsonNode reason) -> {
                    ctx.promiseHandle(GO).reject(reason.asText());
                    return null;
                })
                .shared("peek", (SharedWorkflowContext ctx, JsonNode _) -> {
                    var answer = ctx.promise(GO).peek();
                    return answer.isReady() ? answer.getValue() : null;
                })
                .shared(
                        "join",
                        (SharedWorkflowContext ctx, JsonNode _) ->
                                ctx.promise(GO).future().await())
                .shared(
                        "status",
                        (SharedWorkflowContext ctx, JsonNode _) ->
                                ctx.get(STATUS).orElse(null));
    }

    private static StateKey<Object> key(JsonNode name) {
        return StateKey.of(name.asText(), Handlers.ANY);
    }
}
