package dev.reprise.peers.restate;

import dev.reprise.benchmarks.service.Counters;
import dev.reprise.benchmarks.service.Input;
import dev.restate.common.Request;
import dev.restate.common.Target;
import dev.restate.common.function.ThrowingBiFunction;
import dev.restate.sdk.Context;
import dev.restate.sdk.DurableFuture;
import dev.restate.sdk.HandlerRunner;
import dev.restate.sdk.ObjectContext;
import dev.restate.sdk.common.StateKey;
import dev.restate.sdk.endpoint.definition.HandlerDefinition;
import dev.restate.sdk.endpoint.definition.HandlerType;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import dev.restate.serde.Serde;
import dev.restate.serde.jackson.JacksonSerdeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Service {@code Bench} and virtual object {@code BenchObject}. */
final class Handlers {
    private static final Serde<String> TEXT = JacksonSerdeFactory.DEFAULT.create(String.class);
    private static final Serde<Long> NUMBER = JacksonSerdeFactory.DEFAULT.create(Long.class);
    private static final Serde<Input> INPUT = JacksonSerdeFactory.DEFAULT.create(Input.class);
    private static final StateKey<Long> VALUE = StateKey.of("v", Long.class);
    private static final Target NOOP = Target.service("Bench", "noop");
    private static final Duration RACE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SUSPENDS_AFTER = Duration.ofMillis(100);

    private final Counters counters;

    Handlers(Counters counters) {
        this.counters = counters;
    }

    ServiceDefinition service() {
        return ServiceDefinition.of(
                        "Bench",
                        ServiceType.SERVICE,
                        List.of(
                                shared("noop", TEXT, TEXT, (Context _, String input) -> input),
                                shared("payload", Serde.RAW, Serde.RAW, (Context _, byte[] input) -> input),
                                shared("steps", INPUT, NUMBER, Handlers::steps),
                                shared("parallel", INPUT, NUMBER, Handlers::parallel),
                                shared("fanout", INPUT, NUMBER, Handlers::fanout),
                                shared("race", INPUT, TEXT, Handlers::race),
                                shared("sleepy", INPUT, NUMBER, Handlers::sleepy),
                                shared("growth", INPUT, NUMBER, this::growth),
                                shared("park", INPUT, NUMBER, this::park),
                                shared("recover", INPUT, NUMBER, this::recover)))
                .configure(service -> service.configureHandler(
                                "park", handler -> handler.inactivityTimeout(SUSPENDS_AFTER))
                        .configureHandler("recover", handler -> handler.inactivityTimeout(SUSPENDS_AFTER)));
    }

    ServiceDefinition object() {
        return ServiceDefinition.of(
                "BenchObject",
                ServiceType.VIRTUAL_OBJECT,
                List.of(
                        handler("add", HandlerType.EXCLUSIVE, NUMBER, NUMBER, Handlers::add),
                        handler("hold", HandlerType.EXCLUSIVE, NUMBER, NUMBER, Handlers::hold)));
    }

    private static <I, O> HandlerDefinition<I, O> shared(
            String name, Serde<I> input, Serde<O> output, ThrowingBiFunction<Context, I, O> body) {
        return handler(name, HandlerType.SHARED, input, output, body);
    }

    private static <C extends Context, I, O> HandlerDefinition<I, O> handler(
            String name, HandlerType type, Serde<I> input, Serde<O> output, ThrowingBiFunction<C, I, O> body) {
        var runner = HandlerRunner.of(body, JacksonSerdeFactory.DEFAULT, HandlerRunner.Options.DEFAULT);
        return HandlerDefinition.of(name, type, input, output, runner);
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
        List<DurableFuture<?>> runs = new ArrayList<>();
        for (int i = 0; i < in.n(); i++) {
            long value = in.seed() + i;
            runs.add(ctx.runAsync("s", Long.class, () -> value));
        }
        DurableFuture.all(runs).await();
        long sum = 0;
        for (DurableFuture<?> run : runs) {
            sum += (Long) run.await();
        }
        return sum;
    }

    private static long fanout(Context ctx, Input in) {
        List<DurableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < in.n(); i++) {
            calls.add(noop(ctx, in.seed() + i));
        }
        DurableFuture.all(calls).await();
        long sum = 0;
        for (DurableFuture<?> call : calls) {
            sum += Long.parseLong((String) call.await());
        }
        return sum;
    }

    private static String race(Context ctx, Input in) {
        DurableFuture<String> call = noop(ctx, in.seed());
        DurableFuture<Void> timer = ctx.timer(RACE_TIMEOUT);
        return DurableFuture.any(call, timer).await() == 0 ? "call:" + call.await() : "sleep";
    }

    private static DurableFuture<String> noop(Context ctx, long number) {
        return ctx.call(Request.of(NOOP, TEXT, TEXT, Long.toString(number)));
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
