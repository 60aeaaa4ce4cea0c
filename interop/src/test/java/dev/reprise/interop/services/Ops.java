package dev.reprise.interop.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.restate.sdk.Context;
import dev.restate.sdk.common.RetryPolicy;
import dev.restate.sdk.common.TerminalException;
import dev.restate.sdk.endpoint.definition.InvocationRetryPolicy;
import dev.restate.sdk.endpoint.definition.InvocationRetryPolicy.OnMaxAttempts;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The contract's unkeyed service: one small handler for each thing a handler can do. */
final class Ops {
    private static final JsonNode NOTHING = NullNode.getInstance();

    private final Peers peers;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    Ops(Peers peers) {
        this.peers = peers;
    }

    ServiceDefinition definition() {
        Handlers handlers = new Handlers();
        basics(handlers);
        failures(handlers);
        steps(handlers);
        calls(handlers);
        waiting(handlers);
        new Interrupted(peers).addTo(handlers);
        return handlers.as("Ops" + peers.variant(), ServiceType.SERVICE)
                .configure(service -> service.configureHandler(
                                "diverge", handler -> handler.invocationRetryPolicy(twice(OnMaxAttempts.KILL)))
                        .configureHandler(
                                "pauses", handler -> handler.invocationRetryPolicy(twice(OnMaxAttempts.PAUSE))));
    }

    private static InvocationRetryPolicy.Builder twice(OnMaxAttempts then) {
        return InvocationRetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(10))
                .onMaxAttempts(then);
    }

    private static void basics(Handlers handlers) {
        handlers.shared("greet", (Context _, JsonNode name) -> "Hello " + name.asText())
                .shared("blob", (Context _, JsonNode length) -> "x".repeat(length.asInt()))
                .shared("measure", (Context _, JsonNode text) -> text.asText().length())
                .shared(
                        "headers",
                        (Context ctx, JsonNode _) -> ctx.request().headers().entrySet().stream()
                                .filter(header -> header.getKey().startsWith("x-lab"))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private void failures(Handlers handlers) {
        handlers.shared("fail", (Context _, JsonNode in) -> {
                    throw failure(in);
                })
                .shared("unstable", (Context ctx, JsonNode failures) -> {
                    int attempt = attemptOf(ctx);
                    if (attempt <= failures.asInt()) {
                        throw new NotYet();
                    }
                    return attempt;
                })
                .shared("diverge", (Context ctx, JsonNode _) -> {
                    if (attemptOf(ctx) > 1) {
                        return ctx.run("other", String.class, () -> "other");
                    }
                    ctx.sleep(Duration.ofMillis(500));
                    throw new NotYet();
                })
                .shared("pauses", (Context ctx, JsonNode _) -> {
                    if (attemptOf(ctx) <= 2) {
                        throw new NotYet();
                    }
                    return "resumed";
                });
    }

    private void steps(Handlers handlers) {
        handlers.shared("steps", (Context ctx, JsonNode count) -> {
                    List<Integer> done = new ArrayList<>();
                    for (int i = 0; i < count.asInt(); i++) {
                        int step = i;
                        done.add(ctx.run("step-" + i, Integer.class, () -> step));
                    }
                    return done;
                })
                .shared(
                        "flaky",
                        (Context ctx, JsonNode failures) -> ctx.run("flaky", String.class, quickly(), () -> {
                            if (attemptOf(ctx) <= failures.asInt()) {
                                throw new NotYet();
                            }
                            return "done";
                        }))
                .shared(
                        "exhausted",
                        (Context ctx, JsonNode _) ->
                                ctx.run("exhausted", String.class, quickly().setMaxAttempts(2), () -> {
                                    throw new IllegalStateException("no luck");
                                }))
                .shared("tries", (Context ctx, JsonNode timers) -> tries(ctx, timers.asInt()))
                .shared(
                        "refuse",
                        (Context ctx, JsonNode in) -> ctx.run("refuse", String.class, () -> {
                            throw failure(in);
                        }))
                .shared("nap", (Context ctx, JsonNode millis) -> {
                    ctx.sleep(Duration.ofMillis(millis.asLong()));
                    return "slept";
                })
                .shared("saga", (Context ctx, JsonNode failAt) -> saga(ctx, failAt.asText()));
    }

    /** How often a step with three attempts is executed, beside timers that fire meanwhile. */
    private int tries(Context ctx, int timers) {
        String counted = "tries of " + ctx.request().invocationId();
        var step = ctx.runAsync("tries", String.class, quickly().setMaxAttempts(3), () -> {
            attempts.merge(counted, 1, Integer::sum);
            throw new IllegalStateException("no luck");
        });
        for (int i = 1; i <= timers; i++) {
            ctx.timer(Duration.ofMillis(2L * i));
        }
        try {
            step.await();
            return 0;
        } catch (TerminalException givenUp) {
            return ctx.run("count", Integer.class, () -> attempts.get(counted));
        }
    }

    private static String saga(Context ctx, String failAt) {
        Deque<String> undo = new ArrayDeque<>();
        try {
            for (String step : List.of("flight", "hotel", "car")) {
                undo.push(step);
                ctx.run("book " + step, () -> {
                    if (step.equals(failAt)) {
                        throw new TerminalException(409, "no " + step + " left");
                    }
                });
            }
        } catch (TerminalException failure) {
            undo.forEach(step -> ctx.run("cancel " + step, () -> {}));
            throw failure;
        }
        return "booked";
    }

    private void calls(Handlers handlers) {
        handlers.shared("chance", (Context ctx, JsonNode _) -> chance(ctx))
                .shared("combine", (Context ctx, JsonNode plan) -> new Combine(ctx, peers).resultOf(plan))
                .shared(
                        "callHeaders",
                        (Context ctx, JsonNode _) -> ctx.call(
                                        peers.ops("headers", NOTHING).header("x-lab-from", "handler"))
                                .await())
                .shared("callOnce", (Context ctx, JsonNode key) -> {
                    Object first = stampOnce(ctx, key.asText());
                    return first.equals(stampOnce(ctx, key.asText()));
                })
                .shared(
                        "stamp",
                        (Context ctx, JsonNode _) -> ctx.run(
                                "stamp", String.class, () -> UUID.randomUUID().toString()))
                .shared(
                        "call",
                        (Context ctx, JsonNode in) ->
                                ctx.call(peers.described(in)).await())
                .shared(
                        "send",
                        (Context ctx, JsonNode in) -> ctx.send(
                                        peers.described(in),
                                        Duration.ofMillis(in.path("delay").asLong()))
                                .invocationId())
                .shared(
                        "attach",
                        (Context ctx, JsonNode id) -> ctx.invocationHandle(id.asText(), Handlers.ANY)
                                .attach()
                                .await())
                .shared("output", (Context ctx, JsonNode id) -> {
                    var output = ctx.invocationHandle(id.asText(), Handlers.ANY).getOutput();
                    return output.isReady() ? output.getValue() : "not ready";
                })
                .shared("cancel", (Context ctx, JsonNode id) -> {
                    ctx.invocationHandle(id.asText()).cancel();
                    return null;
                });
    }

    private static boolean chance(Context ctx) {
        String drawn = ctx.random().nextLong() + " " + ctx.random().nextUUID();
        String kept = ctx.run("keep", String.class, () -> drawn);
        ctx.sleep(Duration.ofMillis(20));
        return kept.equals(drawn);
    }

    private Object stampOnce(Context ctx, String idempotencyKey) {
        return ctx.call(peers.ops("stamp", NOTHING).idempotencyKey(idempotencyKey))
                .await();
    }

    private void waiting(Handlers handlers) {
        handlers.shared(
                        "waitForAwakeable",
                        (Context ctx, JsonNode cell) ->
                                peers.awakeable(ctx, cell.asText()).await())
                .shared(
                        "awakeableOrTimeout",
                        (Context ctx, JsonNode millis) ->
                                ctx.awakeable(Handlers.ANY).await(Duration.ofMillis(millis.asLong())))
                .shared("resolve", (Context ctx, JsonNode in) -> {
                    ctx.awakeableHandle(in.get("id").asText()).resolve(Handlers.JSON, in.get("value"));
                    return null;
                })
                .shared("reject", (Context ctx, JsonNode in) -> {
                    ctx.awakeableHandle(in.get("id").asText())
                            .reject(in.get("value").asText());
                    return null;
                })
                .shared("parent", (Context ctx, JsonNode cell) -> parent(ctx, cell));
    }

    private Object parent(Context ctx, JsonNode cell) {
        try {
            return ctx.call(peers.ops("waitForAwakeable", cell)).await();
        } catch (TerminalException failure) {
            ctx.run("compensate", () -> {});
            peers.put(ctx, cell.asText(), "compensated", failure.getCode());
            throw failure;
        }
    }

    /** How often this process has begun the invocation, this time included. */
    private int attemptOf(Context ctx) {
        return attempts.merge(ctx.request().invocationId().toString(), 1, Integer::sum);
    }

    private static RetryPolicy quickly() {
        return RetryPolicy.exponential(Duration.ofMillis(5), 1);
    }

    private static TerminalException failure(JsonNode in) {
        return new TerminalException(in.get("code").asInt(), in.get("message").asText());
    }

    private static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotYet() {
            super("not yet");
        }
    }
}
