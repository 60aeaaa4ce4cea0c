package dev.reprise.interop.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.InvocationRetryPolicy;
import dev.reprise.sdk.service.InvocationRetryPolicy.OnMaxAttempts;
import dev.reprise.sdk.service.ServiceBuilder;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The contract's unkeyed service: one small handler for each thing a handler can do. */
final class RepriseOps {
    private static final JsonNode NOTHING = NullNode.getInstance();

    private final ReprisePeers peers;
    private final ServiceBuilder.OfService service;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    RepriseOps(ReprisePeers peers) {
        this.peers = peers;
        this.service = ServiceDefinition.service("Ops" + peers.variant());
    }

    ServiceBuilder.OfService builder() {
        basics();
        failures();
        steps();
        calls();
        others();
        waiting();
        new RepriseInterrupted(peers).addTo(service);
        return service.options("diverge", twice(OnMaxAttempts.KILL)).options("pauses", twice(OnMaxAttempts.PAUSE));
    }

    private RepriseOps add(String name, Code<Context, JsonNode, @Nullable Object> code) {
        service.handler(name, JsonValues.JSON, JsonValues.ANY, code);
        return this;
    }

    private static HandlerOptions twice(OnMaxAttempts then) {
        return HandlerOptions.builder()
                .retryPolicy(InvocationRetryPolicy.maxAttempts(2, then).withInitialInterval(Duration.ofMillis(10)))
                .build();
    }

    private void basics() {
        add("greet", (_, name) -> "Hello " + name.asText());
        add("blob", (_, length) -> "x".repeat(length.asInt()));
        add("measure", (_, text) -> text.asText().length());
        add(
                "headers",
                (ctx, _) -> ctx.request().headers().entrySet().stream()
                        .filter(header -> header.getKey().startsWith("x-lab"))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private void failures() {
        add("fail", (_, in) -> {
            throw failure(in);
        });
        add("unstable", (ctx, failures) -> {
            int attempt = attemptOf(ctx);
            if (attempt <= failures.asInt()) {
                throw new NotYet();
            }
            return attempt;
        });
        add("diverge", (ctx, _) -> {
            if (attemptOf(ctx) > 1) {
                return ctx.run("other", String.class, () -> "other");
            }
            ctx.sleep(Duration.ofMillis(500));
            throw new NotYet();
        });
        add("pauses", (ctx, _) -> {
            if (attemptOf(ctx) <= 2) {
                throw new NotYet();
            }
            return "resumed";
        });
    }

    private void steps() {
        add("steps", (ctx, count) -> {
            List<Integer> done = new ArrayList<>();
            for (int i = 0; i < count.asInt(); i++) {
                int step = i;
                done.add(ctx.run("step-" + i, Integer.class, () -> step));
            }
            return done;
        });
        add(
                "flaky",
                (ctx, failures) -> ctx.run(RunOptions.named("flaky").withRetryPolicy(quickly()), String.class, () -> {
                    if (attemptOf(ctx) <= failures.asInt()) {
                        throw new NotYet();
                    }
                    return "done";
                }));
        add(
                "exhausted",
                (ctx, _) -> ctx.run(
                        RunOptions.named("exhausted").withRetryPolicy(quickly().withMaxAttempts(2)),
                        String.class,
                        () -> {
                            throw new IllegalStateException("no luck");
                        }));
        add("tries", (ctx, timers) -> tries(ctx, timers.asInt()));
        add(
                "refuse",
                (ctx, in) -> ctx.run("refuse", String.class, () -> {
                    throw failure(in);
                }));
        add("nap", (ctx, millis) -> {
            ctx.sleep(Duration.ofMillis(millis.asLong()));
            return "slept";
        });
        add("chance", (ctx, _) -> chance(ctx));
        add("saga", (ctx, failAt) -> saga(ctx, failAt.asText()));
    }

    private static boolean chance(Context ctx) {
        String drawn = ctx.random().nextLong() + " " + ctx.uuid();
        String kept = ctx.run("keep", String.class, () -> drawn);
        ctx.sleep(Duration.ofMillis(20));
        return kept.equals(drawn);
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

    private void calls() {
        add("combine", (ctx, plan) -> new RepriseCombine(ctx, peers).resultOf(plan));
        add(
                "callHeaders",
                (ctx, _) -> peers.ops(ctx, "headers", NOTHING, CallOptions.header("x-lab-from", "handler"))
                        .await());
        add("callOnce", (ctx, key) -> stampOnce(ctx, key).equals(stampOnce(ctx, key)));
        add(
                "stamp",
                (ctx, _) ->
                        ctx.run("stamp", String.class, () -> UUID.randomUUID().toString()));
        add(
                "call",
                (ctx, in) -> ctx.call(
                                peers.target(in),
                                JsonValues.JSON,
                                in.path("parameter"),
                                JsonValues.ANY,
                                CallOptions.NONE)
                        .await());
        add("send", (ctx, in) -> {
            SendOptions options =
                    SendOptions.delay(Duration.ofMillis(in.path("delay").asLong()));
            return ctx.send(peers.target(in), JsonValues.JSON, in.path("parameter"), options)
                    .invocationId();
        });
    }

    private void others() {
        add(
                "attach",
                (ctx, id) -> ctx.invocation(id.asText()).attach(JsonValues.ANY).await());
        add(
                "output",
                (ctx, id) -> ctx.invocation(id.asText())
                        .output(JsonValues.JSON)
                        .await()
                        .<Object>map(value -> value)
                        .orElse("not ready"));
        add("cancel", (ctx, id) -> {
            ctx.invocation(id.asText()).cancel();
            return null;
        });
        add("resolveSignal", (ctx, in) -> {
            ctx.invocation(in.get("id").asText()).signal(in.get("name").asText(), JsonValues.JSON, in.get("value"));
            return null;
        });
        add("rejectSignal", (ctx, in) -> {
            var reason = new TerminalException(in.get("value").asText());
            ctx.invocation(in.get("id").asText()).rejectSignal(in.get("name").asText(), reason);
            return null;
        });
    }

    private Object stampOnce(Context ctx, JsonNode key) {
        return String.valueOf(peers.ops(ctx, "stamp", NOTHING, CallOptions.idempotencyKey(key.asText()))
                .await());
    }

    private void waiting() {
        add(
                "waitForAwakeable",
                (ctx, cell) -> peers.awakeable(ctx, cell.asText()).await());
        add(
                "waitForSignal",
                (ctx, name) -> ctx.signal(name.asText(), JsonValues.ANY).await());
        add(
                "awakeableOrTimeout",
                (ctx, millis) -> ctx.awakeable(JsonValues.ANY).promise().await(Duration.ofMillis(millis.asLong())));
        add("resolve", (ctx, in) -> {
            ctx.awakeableHandle(in.get("id").asText()).resolve(JsonValues.JSON, in.get("value"));
            return null;
        });
        add("reject", (ctx, in) -> {
            ctx.awakeableHandle(in.get("id").asText()).reject(in.get("value").asText());
            return null;
        });
        add("parent", this::parent);
    }

    private @Nullable Object parent(Context ctx, JsonNode cell) {
        try {
            return peers.ops(ctx, "waitForAwakeable", cell, CallOptions.NONE).await();
        } catch (TerminalException failure) {
            ctx.run("compensate", () -> {});
            peers.put(ctx, cell.asText(), "compensated", failure.code());
            throw failure;
        }
    }

    /** How often this process has begun the invocation, this time included. */
    private int attemptOf(Context ctx) {
        return attempts.merge(ctx.request().invocationId(), 1, Integer::sum);
    }

    /** How often a step with three attempts is executed, beside timers that fire meanwhile. */
    private int tries(Context ctx, int timers) {
        String counted = "tries of " + ctx.request().invocationId();
        var step =
                ctx.runAsync(RunOptions.named("tries").withRetryPolicy(quickly().withMaxAttempts(3)), () -> {
                    attempts.merge(counted, 1, Integer::sum);
                    throw new IllegalStateException("no luck");
                });
        for (int i = 1; i <= timers; i++) {
            RestatePromise<?> _ = ctx.timer(Duration.ofMillis(2L * i));
        }
        try {
            step.await();
            return 0;
        } catch (TerminalException givenUp) {
            return ctx.run("count", Integer.class, () -> attempts.get(counted));
        }
    }

    private static RetryPolicy quickly() {
        return RetryPolicy.fixed(Duration.ofMillis(5));
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
