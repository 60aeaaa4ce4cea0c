package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps of a handler: what is recorded, how they are retried, and when no more. */
class RunsTest {
    private static FakeAttempt failing(int failedAttempts, RunOptions options, Exception failure) {
        return Attempts.retried(
                failedAttempts,
                (ctx, nothing) -> ctx.run(options, String.class, () -> {
                    throw failure;
                }),
                new Command.Run(1, options.name()));
    }

    private static RunOptions policy(RetryPolicy policy) {
        return RunOptions.named("step").withRetryPolicy(policy);
    }

    @Test
    void run_everyForm_recordsItsResultInItsWay() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            List<RestatePromise<?>> runs = List.of(
                    ctx.runAsync("class", Integer.class, () -> 1),
                    ctx.runAsync("generic", new TypeRef<List<Integer>>() {}, () -> List.of(2)),
                    ctx.runAsync("raw", Serde.raw(), () -> new byte[] {3}),
                    ctx.runAsync("effect", () -> {}),
                    ctx.runAsync(RunOptions.NONE, Integer.class, () -> 4));
            return RestatePromise.all(runs).await().toString();
        });
        assertThat(attempt.sent(Command.Run.class))
                .extracting(Command.Run::name)
                .containsExactly("class", "generic", "raw", "effect", "");
        assertThat(attempt.sent(ProposeRunCompletion.class))
                .extracting(
                        proposal -> ((Result.Value) proposal.result()).content().utf8())
                .containsExactlyInAnyOrder("1", "[2]", "\u0003", "", "4");
    }

    @Test
    void runs_inTheJournalWithoutResults_areExecutedOnceWhenTheReplayIsOver() {
        List<String> executed = new CopyOnWriteArrayList<>();
        List<String> before = new ArrayList<>();
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> {
                    RestatePromise<String> first = ctx.runAsync("a", String.class, () -> {
                        executed.add("a");
                        return "1";
                    });
                    RestatePromise<String> second = ctx.runAsync("b", String.class, () -> {
                        executed.add("b");
                        return "2";
                    });
                    before.addAll(executed);
                    return first.await() + second.await();
                },
                new Command.Run(1, "a"),
                new Command.Run(2, "b"));

        assertThat(before).isEmpty();
        assertThat(executed).containsExactlyInAnyOrder("a", "b");
        assertThat(attempt.sent(ProposeRunCompletion.class))
                .extracting(ProposeRunCompletion::resultCompletionId)
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void closure_throwsTerminally_failureIsRecordedWithItsMetadata() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> ctx.run("step", String.class, () -> {
            throw new TerminalException(422, "no", Map.of("field", "age"));
        }));
        assertThat(Attempts.only(attempt, ProposeRunCompletion.class).result())
                .isEqualTo(new Result.Failed(new Failure(422, "no", List.of(new Failure.Metadata("field", "age")))));
    }

    @Test
    void closure_throwsAnythingElse_attemptFailsWithItsStackAndNamesTheRun() {
        ErrorMessage error = Attempts.error(failing(0, RunOptions.named("step"), new IOException("unplugged")));
        assertThat(error.message()).isEqualTo("java.io.IOException: unplugged");
        assertThat(error.stacktrace()).contains("RunsTest");
        assertThat(error.relatedCommandName()).isEqualTo("step");
        assertThat(error.nextRetryDelayMillis()).isNull();
    }

    @Test
    void policy_delays_growByTheFactorUpToTheMaximum() {
        RetryPolicy policy =
                RetryPolicy.exponential(Duration.ofSeconds(10)).withFactor(3).withMaxDelay(Duration.ofSeconds(50));
        assertThat(delayAfter(0, policy)).isEqualTo(10_000);
        assertThat(delayAfter(1, policy)).isEqualTo(30_000);
        assertThat(delayAfter(2, policy)).isEqualTo(50_000);
        assertThat(delayAfter(200, policy)).isEqualTo(50_000);
    }

    private static @Nullable Long delayAfter(int failedBefore, RetryPolicy policy) {
        return Attempts.error(failing(failedBefore, policy(policy), new IOException("no")))
                .nextRetryDelayMillis();
    }

    @Test
    void policy_attemptsOrTimeUsedUp_runFailsForGood() {
        RetryPolicy attempts = RetryPolicy.fixed(Duration.ofMillis(1)).withMaxAttempts(3);
        RetryPolicy time = RetryPolicy.fixed(Duration.ofMillis(1)).withMaxDuration(Duration.ofSeconds(2));
        for (RetryPolicy policy : List.of(attempts, time)) {
            assertThat(failing(1, policy(policy), new IOException("no")).sent(ProposeRunCompletion.class))
                    .isEmpty();
            assertThat(Attempts.only(failing(2, policy(policy), new IOException("no")), ProposeRunCompletion.class)
                            .result())
                    .isEqualTo(new Result.Failed(new Failure(500, "java.io.IOException: no")));
        }
    }

    @Test
    void retryAfter_takesThePlaceOfThePolicysDelay_withinItsLimits() {
        var asked = new RetryableException("busy", Duration.ofSeconds(7));
        RetryPolicy policy = RetryPolicy.fixed(Duration.ofMillis(1)).withMaxAttempts(2);
        assertThat(Attempts.error(failing(0, policy(policy), asked)).nextRetryDelayMillis())
                .isEqualTo(7000);
        assertThat(Attempts.only(failing(1, policy(policy), asked), ProposeRunCompletion.class)
                        .result())
                .isInstanceOf(Result.Failed.class);
    }

    @Test
    void retryAfter_thrownByTheHandler_isTold() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            throw new RetryableException("busy", Duration.ofSeconds(7));
        });
        assertThat(Attempts.error(attempt).nextRetryDelayMillis()).isEqualTo(7000);
    }

    @Test
    void pause_askedByRunOrHandler_isToldWhateverThePolicy() {
        var pause = new PauseException("look at this");
        FakeAttempt handler = Attempts.service((ctx, nothing) -> {
            throw pause;
        });
        for (FakeAttempt attempt : List.of(handler, failing(5, policy(RetryPolicy.none()), pause))) {
            assertThat(Attempts.error(attempt).behavior()).isEqualTo(ErrorBehavior.PAUSE);
            assertThat(Attempts.error(attempt).message()).contains("look at this");
        }
    }

    @Test
    void pause_onOlderEngine_isRetried() {
        FakeAttempt attempt = Attempts.service(ProtocolVersion.V6, (ctx, nothing) -> {
            throw new PauseException("look at this");
        });
        assertThat(Attempts.error(attempt).behavior()).isEqualTo(ErrorBehavior.RETRY);
    }

    @Test
    void closure_throwsAnError_isRetriedToo() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> ctx.run("step", String.class, () -> {
            throw new AssertionError("wrong");
        }));
        assertThat(Attempts.error(attempt).message()).contains("AssertionError: wrong");
    }

    @Test
    void result_ofAnotherType_saysWhoseAndWhatWasExpected() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> "" + ctx.run("age", Integer.class, () -> 1),
                new Command.Run(1, "age"),
                FakeAttempt.runCompleted(1, "\"old\""));
        assertThat(Attempts.error(attempt).message())
                .contains("The result of run age cannot be read", "java.lang.Integer");
    }

    @Test
    void failureOfARun_rethrownOnReplay_isIdenticalToWhatIsRecorded() {
        Failure recorded =
                new Failure(418, "tea \u2615", List.of(new Failure.Metadata("z", "1"), new Failure.Metadata("a", "2")));
        FakeAttempt attempt = Attempts.service(
                (Context ctx, Void nothing) -> ctx.run("step", String.class, () -> ""),
                new Command.Run(1, "step"),
                FakeAttempt.completion(MessageType.RUN_COMPLETION, 1, new Result.Failed(recorded)));
        assertThat(Attempts.failure(attempt)).isEqualTo(recorded);
    }
}
