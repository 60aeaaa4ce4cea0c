package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.PromiseProgram;
import dev.reprise.sdk.promise.PromiseProgram.Behaviour;
import dev.reprise.sdk.promise.PromiseProgram.Shape;
import dev.reprise.sdk.promise.PromiseProgram.Step;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random handlers, on an engine that completes things in a random order, interrupts them at random places and cancels
 * some of them. A replay of the journal cut anywhere must issue the same commands and give the same output.
 */
class RandomHandlersTest {
    /** More of them: {@code -Dsurefire.argLine=-Drandom.handlers=10000}. */
    private static final int HANDLERS = Integer.getInteger("random.handlers", 250);

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void handlers_random_replayAlikeFromEveryCut(ProtocolVersion version) {
        LongStream.range(0, HANDLERS).forEach(seed -> run(seed, version));
    }

    @Test
    void handlers_random_mostOfThemEnd() {
        long ending = LongStream.range(0, HANDLERS)
                .filter(seed -> run(seed, ProtocolVersion.V7))
                .count();
        assertThat(ending).isGreaterThan(HANDLERS / 2);
    }

    private static boolean run(long seed, ProtocolVersion version) {
        PromiseProgram program = PromiseProgram.draw(seed);
        ServiceDefinition service = ServiceDefinition.service("Random")
                .handler("run", Void.class, String.class, (ctx, input) -> new Interpretation(ctx, program, seed).run())
                .build();
        FakeEngine engine = new FakeEngine(service, version, seed);
        engine.later(FakeAttempt.signal(new SignalIndex(17), new Result.Value(Bytes.utf8("\"signalled\""))));
        engine.later(FakeAttempt.signal(new SignalIndex(18), new Result.Failed(new Failure(418, "teapot"))));
        for (int i = 1; i <= 4; i++) {
            engine.later(FakeAttempt.signal(new SignalName("named"), FakeAttempt.json("\"by name " + i + '"')));
        }
        for (long i = seed % 4; i < 3; i++) {
            engine.later(FakeAttempt.cancel());
        }
        try {
            boolean ends = engine.run();
            engine.replayAtEveryCut();
            return ends;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + program + " journal " + engine.journal(), e);
        }
    }

    /** The program in a handler: single promises are steps, calls, timers and signals. */
    private static final class Interpretation {
        private final Context ctx;
        private final PromiseProgram program;
        private final Random random;
        private final List<RestatePromise<String>> promises = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        Interpretation(Context ctx, PromiseProgram program, long seed) {
            this.ctx = ctx;
            this.program = program;
            this.random = new Random(seed);
        }

        String run() {
            for (Step step : program.steps()) {
                switch (step.act()) {
                    case MAKES -> promises.add(make(step.shape()));
                    case AWAITS -> await(promises.get(step.shape()));
                    case ITERATES -> iterate((Shape.Combined) program.shapes().get(step.shape()));
                }
            }
            return lines.toString();
        }

        /** What comes next is named after what was awaited, so that another result is another command. */
        private void await(RestatePromise<String> promise) {
            try {
                lines.add(promise.await());
            } catch (CancelledException e) {
                lines.add("cancelled " + ctx.run("undo", String.class, () -> "undone"));
            } catch (TerminalException e) {
                lines.add("failed " + e.code() + " " + e.getMessage());
            }
            RestatePromise<?> unused = ctx.runAsync("after " + lines.getLast(), () -> {});
        }

        private void iterate(Shape.Combined combined) {
            List<RestatePromise<String>> children =
                    combined.children().stream().map(promises::get).toList();
            try {
                for (RestatePromise<String> next : RestatePromise.asCompleted(children)) {
                    lines.add("next " + children.indexOf(next));
                    RestatePromise<?> unused = ctx.runAsync("after " + lines.getLast(), () -> {});
                }
            } catch (CancelledException e) {
                lines.add("cancelled");
            }
        }

        private RestatePromise<String> make(int shape) {
            return switch (program.shapes().get(shape)) {
                case Shape.Single() -> single(shape);
                case Shape.Function(boolean onFailure, Behaviour behaviour, int child) ->
                    onFailure
                            ? promises.get(child).recover(e -> apply(behaviour, e.getMessage()))
                            : promises.get(child).map(value -> apply(behaviour, value));
                case Shape.Limited(int child) -> promises.get(child).orTimeout(Duration.ofSeconds(1));
                case Shape.Combined combined -> combine(combined);
            };
        }

        private RestatePromise<String> single(int shape) {
            boolean fails = program.failing().contains(shape);
            return switch (random.nextInt(7)) {
                case 0 -> ctx.timer(Duration.ofSeconds(shape)).map(nothing -> "slept " + shape);
                case 1 -> ctx.call(Target.service("Other", fails ? "fail" : "work"), shape, String.class);
                case 2 -> ctx.awakeable(String.class).promise();
                case 3 -> ctx.signal("named", String.class);
                case 4 -> failingAtFirst(shape);
                default ->
                    ctx.runAsync("run " + shape, String.class, () -> {
                        if (fails) {
                            throw new TerminalException("run " + shape);
                        }
                        return "ran " + shape;
                    });
            };
        }

        /** Fails for the moment, by a policy or without. */
        private RestatePromise<String> failingAtFirst(int shape) {
            RunOptions options = RunOptions.named("run " + shape);
            RetryPolicy policy = RetryPolicy.exponential(Duration.ofMillis(100));
            return ctx.runAsync(shape % 2 == 0 ? options : options.withRetryPolicy(policy), String.class, step -> {
                if (step.attempt() <= 1 + shape % 3) {
                    throw new IllegalStateException("fails at first");
                }
                return "ran " + shape;
            });
        }

        private static String apply(Behaviour behaviour, String argument) {
            return switch (behaviour) {
                case GIVES -> "f(" + argument + ")";
                case FAILS, BREAKS -> throw new TerminalException("f(" + argument + ")");
            };
        }

        private RestatePromise<String> combine(Shape.Combined combined) {
            List<RestatePromise<String>> children =
                    combined.children().stream().map(promises::get).toList();
            return switch (combined.kind()) {
                case ALL -> RestatePromise.all(children).map(String::valueOf);
                case ANY -> RestatePromise.any(children);
                case RACE -> RestatePromise.race(children);
                case ALL_SETTLED -> RestatePromise.allSettled(children).map(endings -> endings.size() + " settled");
                case WAIT_COMPLETED ->
                    RestatePromise.waitCompleted(combined.count(), children)
                            .map(completed -> "done " + completed.done().size());
                case SELECT -> RestatePromise.race(children);
            };
        }
    }
}
