package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.AwaitingOn;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.attempt.AttemptThreads.Parking;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.run.RunContext;
import dev.reprise.sdk.scenario.LoggedLines.Line;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs that fail while something else of their handler goes on: they are tried again without a new attempt. */
class RunsInPlaceTest {
    private static final RetryPolicy TEN_SECONDS = RetryPolicy.fixed(Duration.ofSeconds(10));

    private final BatonThreads threads = new BatonThreads(new Random(1));
    private final Parking gate = threads.newParking();
    private final List<String> log = new ArrayList<>();
    private ServiceDefinition service = service((ctx, nothing) -> "");
    private InvocationHandler process = new InvocationHandler(List.of(service), threads, threads.clock(), () -> 0);

    private static ServiceDefinition service(Code<Context, Void, String> code) {
        return ServiceDefinition.service("Tested")
                .handler("run", Void.class, String.class, code)
                .build();
    }

    private void serve(Code<Context, Void, String> code) {
        service = service(code);
        process = new InvocationHandler(List.of(service), threads, threads.clock(), () -> 0);
    }

    private FakeAttempt attempt(int failedBefore, Message... journal) {
        List<Message> entries = new ArrayList<>(List.of(journal));
        entries.addFirst(FakeAttempt.input("null"));
        return new FakeAttempt(process, service, ProtocolVersion.V7, message -> {}, threads)
                .replay(entries, failedBefore);
    }

    private FakeAttempt attempt(Code<Context, Void, String> code) {
        serve(code);
        return attempt(0);
    }

    private static RunOptions named(String name, RetryPolicy policy) {
        return RunOptions.named(name).withRetryPolicy(policy);
    }

    /** Fails so many times. */
    private RestatePromise<String> failing(Context ctx, RunOptions options, int failures) {
        return ctx.runAsync(options, String.class, step -> {
            log.add(options.name() + " " + step.attempt());
            if (count(options.name()) <= failures) {
                throw new IllegalStateException(options.name() + " fails");
            }
            return options.name();
        });
    }

    /** Goes on when the gate is opened. */
    private RestatePromise<String> slow(Context ctx) {
        return ctx.runAsync("slow", String.class, () -> {
            log.add("slow");
            gate.park();
            return "slow";
        });
    }

    private long count(String run) {
        return log.stream().filter(line -> line.startsWith(run)).count();
    }

    private static String both(RestatePromise<String> one, RestatePromise<String> other) {
        return RestatePromise.all(one, other).map(String::concat).await();
    }

    private FakeAttempt open(FakeAttempt attempt) {
        gate.unpark();
        return attempt.advance(Duration.ZERO);
    }

    private static void requireGoingOn(FakeAttempt attempt) {
        assertThat(attempt.isClosed()).as("sent: %s", attempt.sent()).isFalse();
        assertThat(attempt.sent(ErrorMessage.class)).isEmpty();
    }

    @Test
    void run_thatFailsBesideASlowOne_isTriedAgainInPlaceAndTheOtherIsNotDisturbed() {
        FakeAttempt attempt = attempt((ctx, nothing) ->
                both(failing(ctx, named("fails", RetryPolicy.fixed(Duration.ofMillis(100))), 2), slow(ctx)));

        assertThat(count("fails")).isEqualTo(1);
        attempt.advance(Duration.ofMillis(99));
        assertThat(count("fails")).isEqualTo(1);
        attempt.advance(Duration.ofMillis(1));
        assertThat(count("fails")).isEqualTo(2);
        attempt.advance(Duration.ofMillis(100));
        assertThat(log).contains("fails 1", "fails 2", "fails 3");
        assertThat(attempt.sent(ProposeRunCompletion.class))
                .extracting(ProposeRunCompletion::failedTries)
                .containsExactly(2);
        open(attempt);
        attempt.receive(new ProposeRunCompletionAck(1), new ProposeRunCompletionAck(2));
        assertThat(Attempts.text(attempt)).isEqualTo("failsslow");
        assertThat(count("slow")).isEqualTo(1);
    }

    @Test
    void run_withoutAPolicy_isTriedInPlaceAtGrowingDelays_andTheEngineDecidesWhenNothingElseIsLeft() {
        FakeAttempt attempt =
                attempt((ctx, nothing) -> both(failing(ctx, RunOptions.named("fails"), Integer.MAX_VALUE), slow(ctx)));
        for (int delay : List.of(50, 100, 200, 400, 800, 1000, 1000)) {
            long before = count("fails");
            attempt.advance(Duration.ofMillis(delay - 1));
            assertThat(count("fails")).isEqualTo(before);
            attempt.advance(Duration.ofMillis(1));
            assertThat(count("fails")).isEqualTo(before + 1);
        }
        requireGoingOn(attempt);
        open(attempt);
        requireGoingOn(attempt);
        attempt.receive(new ProposeRunCompletionAck(2));
        ErrorMessage error = Attempts.error(attempt);
        assertThat(error.relatedCommandName()).isEqualTo("fails");
        assertThat(error.nextRetryDelayMillis()).isNull();
        assertThat(attempt.sent(ProposeRunCompletion.class)).hasSize(1);
    }

    @Test
    void run_alone_isGivenBackUnlessItsNextTryIsNear() {
        FakeAttempt far = attempt(
                (ctx, nothing) -> failing(ctx, named("far", TEN_SECONDS), 1).await());
        assertThat(Attempts.error(far).nextRetryDelayMillis()).isEqualTo(10_000);
        FakeAttempt near =
                attempt((ctx, nothing) -> failing(ctx, named("near", RetryPolicy.fixed(Duration.ofSeconds(1))), 1)
                        .await());
        requireGoingOn(near);
        near.advance(Duration.ofSeconds(1));
        assertThat(near.sent(ProposeRunCompletion.class)).hasSize(1);
    }

    @Test
    void attempt_whenTheOthersHaveEnded_isGivenBackWithTheTimeThatIsLeft() {
        FakeAttempt attempt = attempt((ctx, nothing) -> both(failing(ctx, named("fails", TEN_SECONDS), 1), slow(ctx)));
        attempt.advance(Duration.ofSeconds(6));
        open(attempt);
        requireGoingOn(attempt);
        attempt.receive(new ProposeRunCompletionAck(2));
        assertThat(Attempts.error(attempt).nextRetryDelayMillis()).isEqualTo(4000);
        assertThat(log).containsExactlyInAnyOrder("fails 1", "slow");
    }

    @Test
    void timer_besideARunThatFails_isWaitedForInPlace() {
        FakeAttempt attempt = attempt((ctx, nothing) -> {
            RestatePromise<String> run = failing(ctx, named("fails", TEN_SECONDS), 5);
            RestatePromise.all(List.of(run, ctx.timer(Duration.ofHours(1)))).await();
            return "";
        });
        attempt.advance(Duration.ofSeconds(13));
        assertThat(log).containsExactly("fails 1", "fails 2");
        assertThat(attempt.sent(AwaitingOn.class)).hasSize(1).noneMatch(AwaitingOn::executingSideEffects);
        requireGoingOn(attempt);
        attempt.receive(FakeAttempt.slept(2));
        assertThat(Attempts.error(attempt).nextRetryDelayMillis()).isEqualTo(7000);
        assertThat(Attempts.error(attempt).failedTries()).isEqualTo(2);
    }

    @Test
    void inputThatIsClosed_givesBackOnceNoClosureIsExecuted_andNeverSuspends() {
        Code<Context, Void, String> code = (ctx, nothing) -> {
            RestatePromise<String> run = failing(ctx, named("fails", RetryPolicy.fixed(Duration.ofMillis(100))), 5);
            return RestatePromise.race(run, slow(ctx), ctx.signal("never", String.class))
                    .map(first -> RestatePromise.all(run, ctx.signal("never", String.class))
                            .map(String::concat)
                            .await())
                    .await();
        };
        FakeAttempt attempt = attempt(code).closeInput();
        requireGoingOn(attempt);
        attempt.advance(Duration.ofMillis(150));
        assertThat(count("fails")).isEqualTo(2);
        open(attempt);
        assertThat(Attempts.error(attempt).nextRetryDelayMillis()).isEqualTo(50);
        assertThat(attempt.sent(Suspension.class)).isEmpty();
    }

    @Test
    void inputThatIsClosed_whileARunWaits_givesBack() {
        FakeAttempt attempt = attempt((ctx, nothing) -> {
            RestatePromise<String> run = failing(ctx, RunOptions.named("fails"), 5);
            return both(run, ctx.signal("never", String.class));
        });
        requireGoingOn(attempt);
        attempt.closeInput();
        assertThat(Attempts.error(attempt).relatedCommandName()).isEqualTo("fails");
    }

    @Test
    void run_withoutAPolicyBesideATimer_isGivenBackAfterTenFailures() {
        FakeAttempt attempt = attempt((ctx, nothing) -> {
            RestatePromise<String> run = failing(ctx, RunOptions.named("fails"), 100);
            return both(run, ctx.timer(Duration.ofHours(1)).map(slept -> ""));
        });
        while (!attempt.isClosed()) {
            attempt.advance(Duration.ofSeconds(1));
        }
        assertThat(Attempts.error(attempt).nextRetryDelayMillis()).isNull();
        assertThat(count("fails")).isEqualTo(10);
    }

    @Test
    void run_withALimit_isNotGivenBackAfterItsSecondFailure() {
        RetryPolicy policy =
                RetryPolicy.exponential(Duration.ofMillis(500)).withFactor(100).withMaxAttempts(4);
        FakeAttempt attempt = attempt(
                (ctx, nothing) -> failing(ctx, named("fails", policy), 9).await());
        attempt.advance(Duration.ofMillis(500));
        requireGoingOn(attempt);
        attempt.advance(Duration.ofSeconds(49));
        requireGoingOn(attempt);
        attempt.advance(Duration.ofSeconds(1));
        assertThat(count("fails")).isEqualTo(3);
        attempt.closeInput();
        assertThat(Attempts.error(attempt).nextRetryDelayMillis()).isEqualTo(5_000_000);
        attempt(1, new Command.Run(1, "fails"));
        assertThat(log).containsExactly("fails 1", "fails 2", "fails 3", "fails 4");
    }

    @Test
    void pauseAndRetryAfter_areGivenBackOnceNoClosureIsExecuted() {
        for (RuntimeException thrown :
                List.of(new PauseException("look"), new RetryableException("busy", Duration.ofMillis(500)))) {
            FakeAttempt attempt = attempt((ctx, nothing) -> {
                RestatePromise<String> run = ctx.runAsync("fails", String.class, () -> {
                    throw thrown;
                });
                RestatePromise<String> others = RestatePromise.race(slow(ctx), ctx.signal("later", String.class));
                return both(run, others);
            });
            requireGoingOn(attempt);
            open(attempt);
            boolean pauses = thrown instanceof PauseException;
            assertThat(Attempts.error(attempt).behavior())
                    .isEqualTo(pauses ? ErrorBehavior.PAUSE : ErrorBehavior.RETRY);
            assertThat(Attempts.error(attempt).nextRetryDelayMillis()).isEqualTo(pauses ? null : 500L);
            assertThat(attempt.sent(ProposeRunCompletion.class)).hasSize(1);
        }
    }

    @Test
    void run_cancelledWhileItWaits_isForgotten() {
        FakeAttempt attempt = attempt((ctx, nothing) -> {
            RestatePromise<String> run = failing(ctx, named("fails", TEN_SECONDS), 5);
            ctx.sleep(Duration.ofSeconds(1));
            run.cancel();
            return ctx.signal("end", String.class).await();
        });
        attempt.receive(FakeAttempt.slept(2));
        attempt.advance(Duration.ofMinutes(1));
        assertThat(count("fails")).isEqualTo(1);
        requireGoingOn(attempt);
        attempt.closeInput();
        assertThat(attempt.sent(Suspension.class)).hasSize(1);
    }

    @Test
    void run_whoseResultComesFromAnAttemptBefore_isNotTriedAgain() {
        serve((ctx, nothing) -> failing(ctx, named("fails", RetryPolicy.fixed(Duration.ofMillis(100))), 5)
                .map(result -> result + ctx.signal("end", String.class).await())
                .await());
        FakeAttempt attempt = attempt(0, new Command.Run(1, "fails"));
        attempt.receive(FakeAttempt.runCompleted(1, "\"early\""));
        attempt.advance(Duration.ofMinutes(1)).closeInput();
        assertThat(count("fails")).isEqualTo(1);
        assertThat(attempt.sent(Suspension.class)).hasSize(1);
    }

    @Test
    void runs_bothWaiting_areEachTriedAtTheirTime() {
        FakeAttempt attempt = attempt((ctx, nothing) -> both(
                failing(ctx, named("a", RetryPolicy.fixed(Duration.ofMillis(300))), 1),
                failing(ctx, named("b", RetryPolicy.fixed(Duration.ofMillis(700))), 1)));
        attempt.advance(Duration.ofMillis(300));
        assertThat(log).endsWith("a 2");
        attempt.receive(new ProposeRunCompletionAck(1)).advance(Duration.ofMillis(400));
        assertThat(log).endsWith("b 2").hasSize(4);
        attempt.receive(new ProposeRunCompletionAck(2));
        assertThat(Attempts.text(attempt)).isEqualTo("ab");
    }

    @Test
    void failuresElsewhere_countForTheRunThatTheEngineWasToldOf() {
        serve((ctx, nothing) -> both(
                failing(ctx, named("a", TEN_SECONDS.withMaxAttempts(9)), 8),
                failing(
                        ctx,
                        named("b", RetryPolicy.fixed(Duration.ofSeconds(20)).withMaxAttempts(9)),
                        8)));
        assertThat(Attempts.error(attempt(0)).relatedCommandName()).isEqualTo("a");
        attempt(3, new Command.Run(1, "a"), new Command.Run(2, "b"));
        assertThat(log).containsExactlyInAnyOrder("a 1", "b 1", "a 4", "b 2");
    }

    @Test
    void failuresElsewhere_countForEachRecordedRun_ifNothingIsKnown() {
        serve((ctx, nothing) -> both(
                failing(ctx, named("a", TEN_SECONDS.withMaxAttempts(9)), 8),
                failing(ctx, named("b", TEN_SECONDS.withMaxAttempts(9)), 8)));
        attempt(3, new Command.Run(1, "a"));
        assertThat(log).containsExactlyInAnyOrder("a 4", "b 1");
    }

    @Test
    void limitOfAttempts_reachedInPlace_rejects() {
        RetryPolicy twice = RetryPolicy.fixed(Duration.ofMillis(100)).withMaxAttempts(2);
        FakeAttempt attempt = attempt((ctx, nothing) -> {
            RestatePromise<String> slow = slow(ctx);
            try {
                return failing(ctx, named("fails", twice), 5).await();
            } catch (TerminalException givenUp) {
                return givenUp.getMessage() + slow.await();
            }
        });
        attempt.advance(Duration.ofMillis(100));
        open(attempt.receive(new ProposeRunCompletionAck(2))).receive(new ProposeRunCompletionAck(1));
        assertThat(Attempts.text(attempt)).contains("fails fails").endsWith("slow");
        assertThat(count("fails")).isEqualTo(2);
    }

    @Test
    void eachTry_isLoggedWithItsCountAndWhenTheNextIs() {
        List<Line> lines = LoggedLines.of(() -> {
            FakeAttempt attempt =
                    attempt((ctx, nothing) -> both(failing(ctx, RunOptions.named("fails"), 5), slow(ctx)));
            attempt.advance(Duration.ofMillis(50));
        });
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().message()).contains("run 'fails'", "attempt 1 of", "again in 0.05s if");
        assertThat(lines.getLast().message()).contains("run 'fails'", "attempt 2 of", "again in 0.1s if");
    }

    private Code<Context, Void, String> interruptible(List<RunContext> steps) {
        return (ctx, nothing) -> {
            RestatePromise<String> run = ctx.runAsync("waits", String.class, step -> {
                steps.add(step);
                gate.park();
                log.add("cancelled " + step.isCancelled() + ", interrupted "
                        + Thread.currentThread().isInterrupted());
                return "";
            });
            ctx.sleep(Duration.ofSeconds(1));
            run.cancel();
            return ctx.signal("end", String.class).await();
        };
    }

    @Test
    void closure_whosePromiseIsCancelled_isToldAndInterrupted() {
        List<RunContext> steps = new ArrayList<>();
        FakeAttempt attempt = attempt(interruptible(steps));
        assertThat(steps.getFirst().isCancelled()).isFalse();
        open(attempt.receive(FakeAttempt.slept(2)));
        assertThat(log).containsExactly("cancelled true, interrupted true");
    }

    @Test
    void closure_whoseAttemptIsAborted_isToldAndInterrupted() {
        List<RunContext> steps = new ArrayList<>();
        FakeAttempt attempt = attempt(interruptible(steps));
        attempt.abort();
        open(attempt);
        assertThat(log).containsExactly("cancelled true, interrupted true");
    }
}
