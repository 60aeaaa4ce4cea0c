package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.scenario.LoggedLines.Line;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

/** What the process in which a handler runs logs when something fails. */
class FailureLogTest {
    private Instant now = FakeAttempt.NOW;
    private final BatonThreads threads = new BatonThreads(new Random(1));

    private static Line only(List<Line> lines) {
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private static RestatePromise<String> failing(Context ctx, RunOptions options, Exception thrown) {
        return ctx.runAsync(options, String.class, () -> {
            throw thrown;
        });
    }

    @Test
    void handler_throws_isAWarningWithTheStackTraceAndAllThatNamesIt() {
        Line line = only(LoggedLines.of(() -> Attempts.service((ctx, nothing) -> {
            throw new IllegalStateException("no card");
        })));
        assertThat(line.level()).isEqualTo(Level.WARN);
        assertThat(line.message())
                .startsWith("Tested/run failed in attempt 1 of invocation " + FakeAttempt.ID)
                .contains("the engine's line on this invocation says", "TerminalException", "docs/error-handling.md")
                .doesNotContain("\n");
        assertThat(line.thrown()).contains("IllegalStateException: no card", "at " + FailureLogTest.class.getName());
        assertThat(line.marks())
                .containsEntry("restate.invocation.id", FakeAttempt.ID.toString())
                .containsEntry("restate.invocation.target", "Tested/run");
    }

    @Test
    void run_throws_isNamed() {
        Line line = only(LoggedLines.of(() -> Attempts.service(
                (ctx, nothing) -> failing(ctx, RunOptions.named("read\ncard"), new IllegalStateException("no"))
                        .await())));
        assertThat(line.message())
                .startsWith("run 'read\\u000acard' of Tested/run failed in attempt 1 of invocation inv_");
        assertThat(line.thrown()).contains("IllegalStateException: no");
    }

    @Test
    void runs_thatThrowAtOnce_areEachNamed() {
        List<Line> lines = LoggedLines.of(() -> Attempts.service((ctx, nothing) -> RestatePromise.all(
                        failing(ctx, RunOptions.named("one"), new IllegalStateException("1")),
                        failing(ctx, RunOptions.named("two"), new IllegalStateException("2")))
                .map(String::concat)
                .await()));
        assertThat(lines)
                .extracting(Line::message)
                .anyMatch(message -> message.startsWith("run 'one'"))
                .anyMatch(message -> message.startsWith("run 'two'"))
                .hasSize(2);
    }

    @Test
    void run_withAPolicy_saysWhenItIsTriedAgain_andThatItGaveUp() {
        RunOptions options = RunOptions.named("step")
                .withRetryPolicy(RetryPolicy.fixed(Duration.ofMillis(1500)).withMaxAttempts(3));
        Code<Context, Void, String> code = (ctx, nothing) ->
                failing(ctx, options, new IllegalStateException("no")).await();
        Command.Run recorded = new Command.Run(1, "step");

        assertThat(only(LoggedLines.of(() -> Attempts.service(code))).message())
                .contains("in attempt 1 of", "tried again in 1.5s");
        assertThat(only(LoggedLines.of(() -> Attempts.retried(2, code, recorded)))
                        .message())
                .contains("in attempt 3 of", "the last try", "rejected");
    }

    @Test
    void anotherPathThanRecorded_isToldWithThePageOfItsCode() {
        Code<Context, Void, String> code = (ctx, nothing) -> ctx.run("b", String.class, () -> "");

        assertThat(only(LoggedLines.of(() -> Attempts.service(code, new Command.Run(1, "a"))))
                        .message())
                .endsWith(" (570: see docs/errors.md#570)");
    }

    @Test
    void pause_isSaid_whereTheEngineKnowsIt() {
        Code<Context, Void, String> code = (ctx, nothing) -> {
            throw new PauseException("look at this");
        };
        assertThat(only(LoggedLines.of(() -> Attempts.service(code))).message())
                .contains("paused", "resumed", "cancelled");
        assertThat(only(LoggedLines.of(() -> Attempts.service(ProtocolVersion.V6, code)))
                        .message())
                .contains("whether and when it is tried again");
    }

    @Test
    void attempts_thatFailInARow_areWarningsAtGrowingIntervals() {
        InvocationHandler process = process((ctx, nothing) -> {
            throw new IllegalStateException("no");
        });
        assertThat(attemptsLogged(process, 0, 40)).containsExactly(1, 2, 4, 8, 16, 32);
    }

    @Test
    void attempt_firstOfItsKindInTheProcess_isAWarningWhateverItsNumber() {
        List<RuntimeException> thrown = new ArrayList<>(List.of(new IllegalStateException("no")));
        InvocationHandler process = process((ctx, nothing) -> {
            throw thrown.getFirst();
        });
        assertThat(attemptsLogged(process, 40, 45)).containsExactly(41);
        thrown.addFirst(new IllegalArgumentException("something else"));
        assertThat(attemptsLogged(process, 45, 50)).containsExactly(46);
        now = now.plus(Duration.ofMinutes(11));
        assertThat(attemptsLogged(process, 50, 55)).containsExactly(51);
    }

    private ServiceDefinition service(Code<Context, Void, String> code) {
        return ServiceDefinition.service("Tested")
                .handler("run", Void.class, String.class, code)
                .build();
    }

    private ServiceDefinition served = service((ctx, nothing) -> "");

    private InvocationHandler process(Code<Context, Void, String> code) {
        served = service(code);
        return new InvocationHandler(List.of(served), threads, () -> now, () -> 0);
    }

    private FakeAttempt attempt(InvocationHandler process, int failedBefore, Message... journal) {
        List<Message> entries = new ArrayList<>(List.of(journal));
        entries.addFirst(FakeAttempt.input("null"));
        return new FakeAttempt(process, served, ProtocolVersion.V7, message -> {}, threads)
                .replay(entries, failedBefore);
    }

    /** Which of the attempts are logged that follow so many failed ones. */
    private List<Integer> attemptsLogged(InvocationHandler process, int failedFrom, int failedTo) {
        return IntStream.range(failedFrom, failedTo)
                .filter(failed ->
                        !LoggedLines.of(() -> attempt(process, failed)).isEmpty())
                .mapToObj(failed -> failed + 1)
                .toList();
    }

    @Test
    void terminalFailure_isOneLineWithoutAStackTrace() {
        Line line = only(LoggedLines.of(() -> Attempts.service((ctx, nothing) -> {
            throw new TerminalException(422, "more than\nthere is");
        })));
        assertThat(line.level()).isEqualTo(Level.INFO);
        assertThat(line.message())
                .isEqualTo("Tested/run ended invocation " + FakeAttempt.ID
                        + " with the terminal failure 422: more than\\u000athere is");
        assertThat(line.thrown()).isEmpty();
    }

    @Test
    void terminalFailureOfARun_thatTheHandlerCatches_isNoneOfTheLogs() {
        assertThat(LoggedLines.of(() -> Attempts.service(
                        (ctx, nothing) -> failing(ctx, RunOptions.named("step"), new TerminalException("no"))
                                .await())))
                .isEmpty();
    }

    @Test
    void suspension_cancellationAndSuccess_logNothing() {
        assertThat(LoggedLines.of(() -> {
                    Attempts.service((ctx, nothing) ->
                                    ctx.signal("a", String.class).await())
                            .closeInput();
                    Attempts.service(
                            (ctx, nothing) -> ctx.signal("a", String.class).await(), FakeAttempt.cancel());
                    Attempts.service((ctx, nothing) -> "done");
                }))
                .isEmpty();
    }

    @Test
    void attempt_thatTheEngineAborts_logsNothingThough_itsHandlerThrows() {
        assertThat(LoggedLines.of(() -> Attempts.service((ctx, nothing) -> {
                            try {
                                return ctx.signal("a", String.class).await();
                            } finally {
                                raise(() -> new IllegalStateException("torn"));
                            }
                        })
                        .abort()))
                .isEmpty();
    }

    private static void raise(Supplier<RuntimeException> thrown) {
        throw thrown.get();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.reprise.sdk.scenario.ThrownTest#thrown")
    void whateverIsThrown_isLoggedInBounds(String name, Supplier<Throwable> thrown, String told) {
        Code<Context, Void, String> handler = (ctx, nothing) -> ThrownTest.raise(thrown);
        Code<Context, Void, String> run =
                (ctx, nothing) -> ctx.run("step", String.class, () -> ThrownTest.raise(thrown));
        for (Code<Context, Void, String> code : List.of(handler, run)) {
            Line line = only(LoggedLines.of(() -> Attempts.error(Attempts.service(code))));
            assertThat(line.level()).isEqualTo(Level.WARN);
            assertThat(line.message() + line.thrown()).contains(told).hasSizeLessThan(80_000);
        }
    }
}
