package dev.reprise.sdk.handler;

import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.time.Jitter;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.handler.Mailbox.RunEnded;
import dev.reprise.sdk.handler.RunMemory.Executions;
import dev.reprise.sdk.vm.AttemptFailure;
import dev.reprise.sdk.vm.InvocationStateMachine;
import dev.reprise.sdk.vm.RunHandle;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs whose closures this attempt executes. A result goes to the engine at once. A failure to be retried ends the
 * attempt, for the engine keeps the time until the next one; but only when no other closure is being executed, so that
 * their results are not lost.
 *
 * <p>Used by the handler's thread.
 */
final class RunExecutions {
    /** A run and why it has to be tried again. */
    record Failed(CompletionId run, AttemptFailure failure) {}

    private final InvocationStateMachine machine;
    private final AttemptSetup setup;
    private final RunTries tries;
    private final Consumer<FailureLog.Failed> failures;
    private final Map<CompletionId, RunStep<?>> announced = new HashMap<>();
    private final Map<CompletionId, RunExecution> executing = new HashMap<>();
    private final Set<NotificationId> proposed = new HashSet<>();
    /** Those given up while their closures were being executed. */
    private final Set<CompletionId> abandoned = new HashSet<>();

    private @Nullable Failed failed;
    private boolean starting;
    private boolean freshlyStarted;

    /** The runs of an attempt; {@code failures} is told of each that throws what is not terminal. */
    RunExecutions(
            InvocationStateMachine machine, AttemptSetup setup, RunTries tries, Consumer<FailureLog.Failed> failures) {
        this.machine = machine;
        this.setup = setup;
        this.tries = tries;
        this.failures = failures;
    }

    /** The handler has come to a run, whose result the journal may have. */
    void issued(RunHandle run, RunStep<?> step) {
        tries.issued(run.id());
        if (!run.replayed()) {
            announced.put(run.id(), step);
            if (step.options().retryPolicy() != null) {
                tries.announced(run.id(), run.recorded());
            }
        }
    }

    /**
     * From now on closures start as soon as their runs are issued. Not before everything the journal has was taken: a replay
     * may come to where the handler gives up a run.
     */
    void startFromNowOn() {
        starting = true;
        start();
    }

    /** Starts the closures of the runs whose results the journal does not have. */
    void start() {
        if (!starting) {
            return;
        }
        List<CompletionId> runs = machine.takeRunsToExecute();
        for (CompletionId run : runs) {
            RunStep<?> step = announced.remove(run);
            if (step == null) {
                throw new IllegalStateException("run " + run + " was not announced");
            }
            RunExecution execution = new RunExecution(run, step);
            executing.put(run, execution);
            freshlyStarted = true;
            tries.started(run);
            setup.threads().startRun(step.options().name(), step.options().thread(), execution);
        }
    }

    /** Gives up a run: its closure is interrupted or not executed at all, and what it gives is dropped. */
    void abandon(CompletionId run) {
        announced.remove(run);
        proposed.remove(run);
        tries.finished(run);
        machine.abandonRun(run);
        if (failed != null && failed.run().equals(run)) {
            failed = null;
        }
        RunExecution execution = executing.remove(run);
        if (execution != null && !setup.threads().takeBack(execution) && !execution.drop()) {
            abandoned.add(run);
            execution.interrupt();
        }
    }

    /** Whether closures were started since this was last asked. */
    boolean takeFreshlyStarted() {
        boolean fresh = freshlyStarted;
        freshlyStarted = false;
        return fresh;
    }

    /** A closure has ended: proposes its result, or keeps its failure. */
    void ended(RunEnded letter) {
        if (abandoned.remove(letter.run())) {
            return;
        }
        RunExecution execution = executing.remove(letter.run());
        if (execution == null) {
            throw new IllegalStateException("run " + letter.run() + " was not executed");
        }
        switch (letter.outcome()) {
            case RunOutcome.Final(Result result) -> propose(letter.run(), result);
            case RunOutcome.Retryable retryable ->
                retry(letter.run(), execution.step().options(), retryable);
        }
    }

    private void propose(CompletionId run, Result result) {
        proposed.add(run);
        machine.proposeRunCompletion(run, result);
    }

    private void retry(CompletionId run, RunOptions options, RunOutcome.Retryable retryable) {
        Throwable cause = retryable.cause();
        int attempt =
                options.retryPolicy() == null ? tries.attempt() : tries.of(run).count();
        AttemptFailure failure = failure(run, options.retryPolicy(), retryable);
        FailureLog.Next next =
                failure == null ? FailureLog.Next.REJECTED : FailureLog.Next.of(failure, setup.version());
        failures.accept(new FailureLog.Failed(options.name(), attempt, cause, next));
        if (failure == null) {
            propose(run, new Result.Failed(new Failure(ErrorCode.INTERNAL, Failing.message(cause))));
        } else {
            fail(new Failed(run, failure));
        }
    }

    /** What the engine is told; null when the run's policy gives up. */
    private @Nullable AttemptFailure failure(
            CompletionId run, @Nullable RetryPolicy policy, RunOutcome.Retryable retryable) {
        Throwable cause = retryable.cause();
        if (cause instanceof PauseException pause) {
            return Failing.pause(pause);
        }
        @Nullable
        Duration asked =
                cause instanceof RetryableException retry ? retry.retryAfter().orElse(null) : null;
        if (policy == null) {
            return Failing.retried(cause, asked);
        }
        Executions executions = tries.of(run);
        Duration elapsed = Duration.ofMillis(retryable.endMillis() - executions.firstMillis());
        Optional<Duration> next = policy.nextDelay(executions.count(), elapsed);
        if (next.isEmpty()) {
            return null;
        }
        return Failing.retried(cause, asked == null ? spread(next.get()) : asked);
    }

    private Duration spread(Duration delay) {
        return Duration.ofMillis(Jitter.spread(delay.toMillis(), setup.chance().nextDouble()));
    }

    /** The first failure ends the attempt. */
    private void fail(Failed failure) {
        if (failed == null) {
            failed = failure;
        }
    }

    /**
     * The run that ends the attempt now; empty while there is none or others are being executed. It does not wait for those that
     * wait for a thread: the next attempt executes them.
     */
    Optional<Failed> dueFailure() {
        if (failed != null) {
            dropWaiting(false);
        }
        return isExecuting() ? Optional.empty() : Optional.ofNullable(failed);
    }

    /**
     * The attempt ends: what waits for a platform thread is not executed any more, and of an aborted attempt nothing that has
     * not begun.
     */
    void dropWaiting(boolean aborted) {
        for (var runs = executing.entrySet().iterator(); runs.hasNext(); ) {
            Map.Entry<CompletionId, RunExecution> next = runs.next();
            RunExecution execution = next.getValue();
            if (setup.threads().takeBack(execution) || (aborted && execution.drop())) {
                tries.dropped(next.getKey());
                runs.remove();
            }
        }
    }

    /** Whether closures are being executed, or wait for a thread. */
    boolean isExecuting() {
        return !executing.isEmpty();
    }

    /** Whether the engine has yet to store a result. */
    boolean isUnacknowledged() {
        return !proposed.isEmpty();
    }

    /** A notification was taken; it may be that a run's result is stored. */
    void taken(NotificationId id) {
        proposed.remove(id);
        tries.finished(id);
    }
}
