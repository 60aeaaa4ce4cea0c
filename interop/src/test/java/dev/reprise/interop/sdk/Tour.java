package dev.reprise.interop.sdk;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Completed;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A handler that does what the scenarios of the contract do not: each operation that only our SDK has, in a form whose
 * outcome is the same in every run. Between them it waits, so that a server which suspends makes it replay all that was
 * before.
 */
final class Tour {
    private final Target echo;
    private final Target wait;
    private final String name;
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();

    Tour(ReprisePeers peers) {
        name = "Tour" + peers.variant();
        echo = Target.service(name, "echo");
        wait = Target.service(name, "wait");
    }

    ServiceDefinition definition() {
        return ServiceDefinition.service(name)
                .handler("echo", Serde.raw(), Serde.raw(), (_, bytes) -> bytes)
                .handler("wait", String.class, String.class, Tour::wait)
                .handler("values", Void.class, String.class, (ctx, _) -> values(ctx))
                .handler("promises", Void.class, String.class, (ctx, _) -> promises(ctx))
                .handler("steps", Void.class, String.class, (ctx, _) -> steps(ctx))
                .handler("invocations", Void.class, String.class, (ctx, _) -> invocations(ctx))
                .build();
    }

    private static String wait(Context ctx, String signal) {
        try {
            return ctx.signal(signal, String.class).await();
        } catch (CancelledException e) {
            throw new TerminalException(499, "cancelled and cleaned up");
        }
    }

    /** Random numbers, ids and times are the same before and after a suspension; generic types and bytes survive. */
    private String values(Context ctx) {
        RandomGenerator random = ctx.random();
        String first = random.nextInt() + " " + ctx.uuid() + " " + ctx.now();
        String kept = ctx.run("keep", String.class, () -> first);
        ctx.timer("a pause", Duration.ofMillis(5)).await();
        List<Integer> list = ctx.run("list", new TypeRef<List<Integer>>() {}, () -> List.of(1, 2));
        byte[] raw = ctx.call(echo, Serde.raw(), new byte[] {0, -1, 7}, Serde.raw(), CallOptions.NONE)
                .await();
        Bytes bytes = ctx.run("bytes", Bytes.class, () -> Bytes.wrap(raw));
        return "same: " + kept.equals(first) + ", list: " + list + ", bytes: " + bytes.array().length;
    }

    private static String promises(Context ctx) {
        List<String> seen = new ArrayList<>();
        var never = ctx.signal("never", String.class);
        var late = ctx.timer(Duration.ofSeconds(1)).map(_ -> "late");
        var soon = ctx.timer(Duration.ofMillis(10)).map(_ -> "soon");
        seen.add(RestatePromise.select(
                        RestatePromise.when(never, v -> "never " + v), RestatePromise.when(soon, v -> "won by " + v))
                .await());
        for (RestatePromise<String> next : RestatePromise.asCompleted(List.of(late, soon))) {
            seen.add(next.await());
        }
        Completed<String> completed =
                RestatePromise.waitCompleted(1, List.of(never, soon)).await();
        seen.add(completed.done().size() + " done, " + completed.pending().size() + " pending");
        seen.add(never.orTimeout(Duration.ofMillis(5))
                .recover(e -> e instanceof TimeoutException ? "in time" : "?")
                .await());
        seen.add(RestatePromise.all(soon, RestatePromise.resolve(2), late.map(String::length))
                .map((a, b, c) -> a + b + c)
                .await());
        seen.add(RestatePromise.any(RestatePromise.reject(new TerminalException("no")), soon)
                .await());
        return seen.toString();
    }

    private String steps(Context ctx) {
        List<String> seen = new ArrayList<>();
        RunOptions options = RunOptions.named("retried")
                .withRetryPolicy(RetryPolicy.exponential(Duration.ofMillis(1)).withMaxDelay(Duration.ofMillis(4)));
        seen.add(ctx.run(options, String.class, () -> {
            int attempt = tries.merge(ctx.request().invocationId(), 1, Integer::sum);
            if (attempt < 3) {
                throw new RetryableException("not yet", Duration.ofMillis(2));
            }
            return "executed " + attempt + " times";
        }));
        RunOptions impatient = RunOptions.named("given up")
                .withRetryPolicy(RetryPolicy.fixed(Duration.ofMillis(1)).withMaxDuration(Duration.ofMillis(0)));
        seen.add(ctx.runAsync(impatient, String.class, () -> {
                    throw new IllegalStateException("broken");
                })
                .recover(TerminalException::getMessage)
                .await());
        ctx.run("effect", () -> {});
        ctx.run(RunOptions.NONE, () -> {});
        return seen.toString();
    }

    private String invocations(Context ctx) {
        List<String> seen = new ArrayList<>();
        InvocationHandle signalled =
                ctx.send(wait, "go", SendOptions.NONE.withHeader("x-lab", "1").withName("child"));
        seen.add("output: " + signalled.output(String.class).await());
        signalled.signal("go", "hello");
        seen.add(signalled.attach(String.class).await());
        seen.add("output: " + signalled.output(String.class).await());
        var called = ctx.call(wait, "never", String.class, CallOptions.NONE.withName("cancelled"));
        called.invocation().cancel();
        seen.add(called.recover(e -> e.code() + " " + e.getMessage()).await());
        InvocationHandle delayed = ctx.send(wait, "never", SendOptions.delay(Duration.ofHours(1)));
        ctx.invocation(delayed.invocationId()).cancel();
        seen.add(delayed.attach(String.class).recover(e -> "" + e.code()).await());
        return seen.toString();
    }
}
