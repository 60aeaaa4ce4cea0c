package dev.reprise.sdk.closure;

import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.time.Jitter;
import dev.reprise.protocol.time.Millis;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.closure.FailedRun.Delay;
import dev.reprise.sdk.closure.RunMemory.Executions;
import dev.reprise.sdk.report.Failing;
import dev.reprise.sdk.vm.AttemptError;
import dev.reprise.sdk.vm.InvocationStateMachine;
import dev.reprise.sdk.vm.RunHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The runs whose closures this attempt executes. A result goes to the engine at once. A failed run is tried again in
 * place, after its delay, while anything else in the handler makes progress. When nothing does, the attempt is given
 * back to the engine, which keeps the time until the next one. That never happens while a closure is executing, so that
 * no result is lost.
 *
 * <pre>
 *   announced ──► executing ──► proposed ──► taken
 *                  │     ▲
 *                  ▼     │
 *                 a retry ──► the attempt is given back
 * </pre>
 *
 * <p>Used only by the handler's thread.
 */
public final class RunExecutions {
    /** The run because of which the attempt is given back. */
    public record Failed(CompletionId run, AttemptError failure) {}

    /**
     * A closure threw a non-terminal exception.
     *
     * @param step the step of the run
     * @param execution the number of this execution of the run, counted as for a retry policy
     * @param thrown what it threw, and when
     * @param retry how it is tried again; null if its policy gives up
     */
    public record ClosureFailure(
            RunStep<?> step,
            int execution,
            RunStep.Outcome.Retryable thrown,
            @Nullable FailedRun retry) {}

    private final InvocationStateMachine machine;
    private final RunTries tries;
    private final AttemptThreads threads;
    private final TimeSource clock;
    private final RandomGenerator chance;
    private final Consumer<ClosureFailure> failures;

    // Each run is in one of the following at a time: they are its states, and most questions are whether one is empty.

    /** Runs that have begun without a result in the journal, in order. Empty once closures start at once. */
    private final LinkedHashMap<CompletionId, RunStep<?>> announced = new LinkedHashMap<>();

    private final Map<CompletionId, RunExecution> executing = new HashMap<>();
    private final Set<NotificationId> proposed = new HashSet<>();
    private final RunRetries retries;
    /** Runs that were given up while their closures were executing. */
    private final Set<CompletionId> abandoned = new HashSet<>();
    /** Runs taken back from their threads, because the attempt is to be given back. */
    private final Map<CompletionId, RunStep<?>> dropped = new LinkedHashMap<>();

    /** Whether to give the attempt back as soon as no closure is executing. */
    private boolean ending;

    private boolean over;
    private boolean starting;
    private boolean freshlyStarted;

    /**
     * The runs of an attempt.
     *
     * @param machine the attempt's state machine
     * @param tries counts the runs' executions
     * @param threads executes their closures
     * @param clock measures time
     * @param chance spreads the delays before further executions
     * @param failures hears of each closure that throws a non-terminal exception
     */
    public RunExecutions(
            InvocationStateMachine machine,
            RunTries tries,
            AttemptThreads threads,
            TimeSource clock,
            RandomGenerator chance,
            Consumer<ClosureFailure> failures) {
        this.machine = machine;
        this.tries = tries;
        this.threads = threads;
        this.clock = clock;
        this.chance = chance;
        this.failures = failures;
        this.retries = new RunRetries(clock);
    }

    /**
     * Issues the command of a run. Unless the journal has its result, its closure starts: now, or in {@link
     * #startFromNowOn} if that has not been called yet.
     */
    public CompletionId begin(RunStep<?> step) {
        RunHandle run = machine.run(step.options().name());
        tries.issued(run.id());
        if (!run.replayed()) {
            tries.announced(run.id(), run.recorded());
            announced.put(run.id(), step);
            if (starting) {
                startAnnounced();
            }
        }
        return run.id();
    }

    /**
     * Starts the closures of the runs that have begun; from now on, each starts as soon as its run begins. Called only
     * once everything in the journal has been taken, because during replay the handler may still give up a run.
     */
    public void startFromNowOn() {
        starting = true;
        if (!machine.isClosed()) {
            startAnnounced();
        }
    }

    /** In the order in which their runs began. */
    private void startAnnounced() {
        for (Map.Entry<CompletionId, RunStep<?>> run = announced.pollFirstEntry();
                run != null;
                run = announced.pollFirstEntry()) {
            execute(run.getKey(), run.getValue());
        }
    }

    private void execute(CompletionId run, RunStep<?> step) {
        tries.started(run);
        Executions executions = tries.of(run);
        RunExecution execution = new RunExecution(
                run,
                step,
                machine.invocation().id(),
                executions.count(),
                deadline(step.options().retryPolicy(), executions));
        executing.put(run, execution);
        freshlyStarted = true;
        threads.startRun(step.options().name(), step.options().thread(), execution);
    }

    private @Nullable Instant deadline(@Nullable RetryPolicy policy, Executions executions) {
        if (policy == null || policy.maxDuration() == null) {
            return null;
        }
        long elapsedMillis = clock.steadyMillis() - executions.firstMillis();
        return Instant.ofEpochMilli(Millis.after(clock.millis(), policy.maxDuration()) - elapsedMillis);
    }

    /** Gives up a run: its closure is interrupted or never executed, and its result is dropped. */
    public void abandon(CompletionId run) {
        announced.remove(run);
        dropped.remove(run);
        proposed.remove(run);
        tries.finished(run);
        machine.abandonRun(run);
        leave(run);
    }

    /** A run's result is no longer wanted. */
    private void leave(CompletionId run) {
        retries.remove(run);
        RunExecution execution = executing.remove(run);
        if (execution != null && !threads.takeBack(execution) && !execution.drop()) {
            abandoned.add(run);
            execution.cancel();
        }
        if (ending && !over && retries.isEmpty()) {
            ending = false;
            new LinkedHashMap<>(dropped).forEach(this::execute);
            dropped.clear();
        }
    }

    /** Whether closures have been started since the last call. */
    public boolean takeFreshlyStarted() {
        boolean fresh = freshlyStarted;
        freshlyStarted = false;
        return fresh;
    }

    /** A closure has ended: proposes its result, or keeps its failure. */
    public void ended(CompletionId run, RunStep.Outcome outcome) {
        if (abandoned.remove(run)) {
            return;
        }
        RunExecution execution = executing.remove(run);
        if (execution == null) {
            throw new IllegalStateException("run " + run + " was not executed");
        }
        switch (outcome) {
            case RunStep.Outcome.Final(Result result) -> propose(run, result);
            case RunStep.Outcome.Retryable retryable -> retry(run, execution.step(), retryable);
        }
    }

    private void propose(CompletionId run, Result result) {
        proposed.add(run);
        machine.proposeRunCompletion(run, result);
    }

    private void retry(CompletionId run, RunStep<?> step, RunStep.Outcome.Retryable retryable) {
        FailedRun retry = next(run, step, retryable);
        machine.closureFailed();
        failures.accept(new ClosureFailure(step, tries.of(run).count(), retryable, retry));
        if (retry == null) {
            propose(run, new Result.Failed(new Failure(ErrorCode.INTERNAL, Failing.message(retryable.cause()))));
        } else {
            retries.add(retry);
        }
    }

    /** When a run is tried again; null if its policy gives up. */
    private @Nullable FailedRun next(CompletionId run, RunStep<?> step, RunStep.Outcome.Retryable retryable) {
        Throwable cause = retryable.cause();
        int failed = tries.inThisAttempt(run);
        long endMillis = retryable.endMillis();
        if (cause instanceof PauseException) {
            return new FailedRun(run, step, cause, Delay.PAUSED, failed, endMillis);
        }
        RetryPolicy policy = step.options().retryPolicy();
        Executions executions = tries.of(run);
        Optional<Duration> delay = policy == null
                ? RunRetries.IN_PLACE.nextDelay(failed, Duration.ZERO)
                : policy.nextDelay(executions.count(), Duration.ofMillis(endMillis - executions.firstMillis()));
        if (delay.isEmpty()) {
            return null;
        }
        if (cause instanceof RetryableException retry && retry.retryAfter().isPresent()) {
            return new FailedRun(
                    run,
                    step,
                    cause,
                    Delay.ASKED,
                    failed,
                    Millis.after(endMillis, retry.retryAfter().get()));
        }
        Delay whose = policy == null ? Delay.ENGINE : Delay.POLICY;
        return new FailedRun(run, step, cause, whose, failed, Millis.after(endMillis, spread(delay.get())));
    }

    private long spread(Duration delay) {
        return Jitter.spread(delay.toMillis(), chance.nextDouble());
    }

    /**
     * Decides about failed runs when nothing else can continue: tries those again whose time has come, or returns the
     * one because of which the attempt is given back.
     *
     * @param awaited what the tasks wait for
     */
    public Optional<Failed> tryAgain(Supplier<FutureTree> awaited) {
        if (retries.isEmpty()) {
            return Optional.empty();
        }
        if (!ending && isTimeToEnd(awaited)) {
            ending = true;
        }
        if (ending) {
            takeBackWaiting();
            return isExecuting() ? Optional.empty() : retries.first().map(this::failed);
        }
        if (!machine.isInputClosed() || isExecuting()) {
            retries.takeDue().forEach(retry -> execute(retry.run(), retry.step()));
        }
        return Optional.empty();
    }

    /** An attempt that ends does not wait for closures that have no thread yet; the next attempt executes them. */
    private boolean isTimeToEnd(Supplier<FutureTree> awaited) {
        if (executing.values().stream().anyMatch(RunExecution::hasBegun)) {
            return false;
        }
        if (machine.isInputClosed() || retries.wantEnd()) {
            return true;
        }
        if (isExecuting() || isUnacknowledged()) {
            return false;
        }
        Set<NotificationId> leaves = new HashSet<>();
        awaited.get().forEachLeaf(leaves::add);
        return retries.wantEnd(leaves);
    }

    private Failed failed(FailedRun retry) {
        tries.blame(retry.run());
        return new Failed(retry.run(), retry.failure(clock.steadyMillis()));
    }

    /** How long it is until a run is tried again in this attempt; empty if none is. */
    public Optional<Duration> untilNextTry() {
        boolean none = ending || (machine.isInputClosed() && !isExecuting());
        return none ? Optional.empty() : retries.untilNext();
    }

    private void takeBackWaiting() {
        for (var runs = executing.entrySet().iterator(); runs.hasNext(); ) {
            Map.Entry<CompletionId, RunExecution> next = runs.next();
            if (threads.takeBack(next.getValue())) {
                tries.dropped(next.getKey());
                dropped.put(next.getKey(), next.getValue().step());
                runs.remove();
            }
        }
    }

    /** A task has failed: closures without a thread are not executed any more, and nothing is tried again. */
    public void startNothingMore() {
        ending = true;
        over = true;
        takeBackWaiting();
    }

    /**
     * The attempt is over: nobody waits for the closures any more. If it was aborted, closures that have not begun are
     * never executed.
     */
    public void over(boolean aborted) {
        startNothingMore();
        executing.entrySet().removeIf(next -> {
            boolean drops = aborted && next.getValue().drop();
            if (drops) {
                tries.dropped(next.getKey());
            }
            return drops;
        });
        executing.values().forEach(RunExecution::cancel);
    }

    /** Whether closures are executing or waiting for a thread. */
    public boolean isExecuting() {
        return !executing.isEmpty();
    }

    /** Whether the engine still has to store a result. */
    public boolean isUnacknowledged() {
        return !proposed.isEmpty();
    }

    /**
     * A notification was taken, which may mean that a run's result has been stored, by this attempt or an earlier one.
     */
    public void taken(NotificationId id) {
        proposed.remove(id);
        tries.finished(id);
        if (id instanceof CompletionId run && (executing.containsKey(run) || retries.contains(run))) {
            abandon(run);
        }
    }
}
