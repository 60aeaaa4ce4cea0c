package dev.reprise.benchmarks.service;

import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The measured handlers: service {@code Bench} and virtual object {@code BenchObject}. */
final class Handlers {
    private static final StateKey<Long> VALUE = StateKey.of("v", Long.class);
    private static final Target NOOP = Target.service("Bench", "noop");
    private static final Serde<String> TEXT = SerdeFactory.json().create(String.class);
    private static final Duration RACE_TIMEOUT = Duration.ofSeconds(10);
    private static final HandlerOptions SUSPENDS_SOON =
            HandlerOptions.builder().inactivityTimeout(Duration.ofMillis(100)).build();

    private final Counters counters;

    Handlers(Counters counters) {
        this.counters = counters;
    }

    ServiceDefinition service() {
        return ServiceDefinition.service("Bench")
                .handler("noop", TEXT, TEXT, (_, input) -> input)
                .handler("payload", Serde.raw(), Serde.raw(), (_, input) -> input)
                .handler("steps", Input.class, Long.class, Handlers::steps)
                .handler("parallel", Input.class, Long.class, Handlers::parallel)
                .handler("fanout", Input.class, Long.class, Handlers::fanout)
                .handler("race", Input.class, String.class, Handlers::race)
                .handler("sleepy", Input.class, Long.class, Handlers::sleepy)
                .handler("growth", Input.class, Long.class, this::growth)
                .handler("park", Input.class, Long.class, this::park)
                .handler("recover", Input.class, Long.class, this::recover)
                .options("park", SUSPENDS_SOON)
                .options("recover", SUSPENDS_SOON)
                .build();
    }

    ServiceDefinition object() {
        return ServiceDefinition.object("BenchObject")
                .handler("add", Long.class, Long.class, Handlers::add)
                .handler("hold", Long.class, Long.class, Handlers::hold)
                .build();
    }

    private static long steps(Context ctx, Input in) {
        long sum = 0;
        for (int i = 0; i < in.n(); i++) {
            long value = in.seed() + i;
            sum += ctx.run("s", Long.class, () -> value);
        }
        return sum;
    }

    private static long parallel(Context ctx, Input in) {
        List<RestatePromise<Long>> runs = new ArrayList<>();
        for (int i = 0; i < in.n(); i++) {
            long value = in.seed() + i;
            runs.add(ctx.runAsync("s", Long.class, () -> value));
        }
        return RestatePromise.all(runs).await().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static long fanout(Context ctx, Input in) {
        List<RestatePromise<String>> calls = new ArrayList<>();
        for (int i = 0; i < in.n(); i++) {
            calls.add(noop(ctx, in.seed() + i));
        }
        return RestatePromise.all(calls).await().stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static String race(Context ctx, Input in) {
        RestatePromise<String> call = noop(ctx, in.seed()).map(answer -> "call:" + answer);
        RestatePromise<String> timer = ctx.timer(RACE_TIMEOUT).map(_ -> "sleep");
        return RestatePromise.race(List.of(call, timer)).await();
    }

    private static RestatePromise<String> noop(Context ctx, long number) {
        return ctx.call(NOOP, TEXT, Long.toString(number), TEXT, CallOptions.NONE);
    }

    private static long sleepy(Context ctx, Input in) {
        ctx.sleep(Duration.ofMillis(in.ms()));
        return in.seed();
    }

    /** One journal that grows. */
    private long growth(Context ctx, Input in) {
        long sum = 0;
        for (int i = 0; i < in.n(); i++) {
            long value = in.seed() + i;
            sum += ctx.run("s", Long.class, () -> {
                counters.started(in.seed());
                return value;
            });
        }
        return sum;
    }

    private long park(Context ctx, Input in) {
        counters.parked();
        return sleepy(ctx, in);
    }

    /** Steps with one sleep behind the first. */
    private long recover(Context ctx, Input in) {
        long sum = 0;
        for (int i = 0; i < in.n(); i++) {
            int step = i;
            sum += ctx.run("s", Long.class, () -> counters.execute(in.seed(), step));
            counters.recorded(in.seed(), step);
            if (step == 0 && in.ms() > 0) {
                ctx.sleep(Duration.ofMillis(in.ms()));
            }
        }
        counters.completed(in.seed());
        return sum;
    }

    private static long add(ObjectContext ctx, long delta) {
        long value = ctx.get(VALUE).orElse(0L) + delta;
        ctx.set(VALUE, value);
        return value;
    }

    /** Keeps its key for so many milliseconds. */
    private static long hold(ObjectContext ctx, long millis) {
        ctx.sleep(Duration.ofMillis(millis));
        return millis;
    }
}
