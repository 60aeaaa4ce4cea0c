package dev.reprise.sdk.handler;

import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.time.Jitter;
import dev.reprise.protocol.time.Millis;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.handler.Mailbox.RunEnded;
import dev.reprise.sdk.handler.RunMemory.Executions;
import dev.reprise.sdk.handler.RunRetries.Delay;
import dev.reprise.sdk.handler.RunRetries.Retry;
import dev.reprise.sdk.vm.AttemptFailure;
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
import org.jspecify.annotations.Nullable;

/**
 * The runs whose closures this attempt executes. A result goes to the engine at once. One that fails is tried again in place,
 * after its delay, while anything else of the handler goes on; when nothing does, the attempt is given back to the engine, which
 * keeps the time until the next one. That is never while a closure is being executed, so that no result is lost.
 *
 * <pre>
 *   announced ──► executing ──► proposed ──► taken
 *                  │     ▲
 *                  ▼     │
 *                 a retry ──► the attempt is given back
 * </pre>
 *
 * <p>Used by the handler's thread.
 */
final class RunExecutions {
    /** A run that the attempt is given back for. */
    record Failed(CompletionId run, AttemptFailure failure) {}

    private final InvocationStateMachine machine;
    private final AttemptSetup setup;
    private final RunTries tries;
    private final Consumer<FailureLog.Failed> failures;
    private final Map<CompletionId, RunStep<?>> announced = new HashMap<>();
    private final Map<CompletionId, RunExecution> executing = new HashMap<>();
    private final Set<NotificationId> proposed = new HashSet<>();
    private final RunRetries retries;
    /** Those given up while their closures were being executed. */
    private final Set<CompletionId> abandoned = new HashSet<>();
    /** Taken back from their threads, because the attempt is to be given back. */
    private final Map<CompletionId, RunStep<?>> dropped = new LinkedHashMap<>();

    /** As soon as no closure is executed the attempt is given back. */
    private boolean ending;

    private boolean over;
    private boolean starting;
    private boolean freshlyStarted;

    /** The runs of an attempt; {@code failures} is told of each that throws what is not terminal. */
    RunExecutions(
            InvocationStateMachine machine, AttemptSetup setup, RunTries tries, Consumer<FailureLog.Failed> failures) {
        this.machine = machine;
        this.setup = setup;
        this.tries = tries;
        this.failures = failures;
        this.retries = new RunRetries(setup.clock());
    }

    /** The handler has come to a run, whose result the journal may have. */
    void issued(RunHandle run, RunStep<?> step) {
        tries.issued(run.id());
        if (!run.replayed()) {
            announced.put(run.id(), step);
            tries.announced(run.id(), run.recorded());
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
        for (CompletionId run : machine.takeRunsToExecute()) {
            RunStep<?> step = announced.remove(run);
            if (step == null) {
                throw new IllegalStateException("run " + run + " was not announced");
            }
            execute(run, step);
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
        setup.threads().startRun(step.options().name(), step.options().thread(), execution);
    }

    private @Nullable Instant deadline(@Nullable RetryPolicy policy, Executions executions) {
        if (policy == null || policy.maxDuration() == null) {
            return null;
        }
        long elapsedMillis = setup.clock().steadyMillis() - executions.firstMillis();
        return Instant.ofEpochMilli(Times.millisAfter(setup.clock(), policy.maxDuration()) - elapsedMillis);
    }

    /** Gives up a run: its closure is interrupted or not executed at all, and what it gives is dropped. */
    void abandon(CompletionId run) {
        announced.remove(run);
        dropped.remove(run);
        proposed.remove(run);
        tries.finished(run);
        machine.abandonRun(run);
        leave(run);
    }

    /** Nothing is to come of a run any more. */
    private void leave(CompletionId run) {
        retries.remove(run);
        RunExecution execution = executing.remove(run);
        if (execution != null && !setup.threads().takeBack(execution) && !execution.drop()) {
            abandoned.add(run);
            execution.cancel();
        }
        if (ending && !over && retries.isEmpty()) {
            ending = false;
            new LinkedHashMap<>(dropped).forEach(this::execute);
            dropped.clear();
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
            case RunStep.Outcome.Final(Result result) -> propose(letter.run(), result);
            case RunStep.Outcome.Retryable retryable -> retry(letter.run(), execution.step(), retryable);
        }
    }

    private void propose(CompletionId run, Result result) {
        proposed.add(run);
        machine.proposeRunCompletion(run, result);
    }

    private void retry(CompletionId run, RunStep<?> step, RunStep.Outcome.Retryable retryable) {
        Throwable cause = retryable.cause();
        Retry retry = next(run, step, retryable);
        FailureLog.Next next = retry == null
                ? FailureLog.Next.REJECTED
                : FailureLog.Next.of(retry, retryable.endMillis(), setup.version());
        failures.accept(
                new FailureLog.Failed(step.options().name(), tries.of(run).count(), cause, next));
        if (retry == null) {
            propose(run, new Result.Failed(new Failure(ErrorCode.INTERNAL, Failing.message(cause))));
        } else {
            retries.add(retry);
        }
    }

    /** When a run is tried again; null when its policy gives up. */
    private @Nullable Retry next(CompletionId run, RunStep<?> step, RunStep.Outcome.Retryable retryable) {
        Throwable cause = retryable.cause();
        int failed = tries.inThisAttempt(run);
        long endMillis = retryable.endMillis();
        if (cause instanceof PauseException) {
            return new Retry(run, step, cause, Delay.PAUSED, failed, endMillis);
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
            return new Retry(
                    run,
                    step,
                    cause,
                    Delay.ASKED,
                    failed,
                    Millis.after(endMillis, retry.retryAfter().get()));
        }
        Delay whose = policy == null ? Delay.ENGINE : Delay.POLICY;
        return new Retry(run, step, cause, whose, failed, Millis.after(endMillis, spread(delay.get())));
    }

    private long spread(Duration delay) {
        return Jitter.spread(delay.toMillis(), setup.chance().nextDouble());
    }

    /**
     * What to do about runs that have failed, now that nothing else can go on: tries those again whose time has come, or tells
     * for which of them the attempt is given back.
     *
     * @param awaited what the tasks wait for
     */
    Optional<Failed> tryAgain(Supplier<FutureTree> awaited) {
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

    /** An attempt that ends does not wait for closures that wait for a thread: the next one executes them. */
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

    private Failed failed(Retry retry) {
        tries.blame(retry.run());
        return new Failed(retry.run(), retry.failure(setup.clock().steadyMillis()));
    }

    /** How long it is until a run is to be tried again in this attempt; empty if none is. */
    Optional<Duration> untilNextTry() {
        boolean none = ending || (machine.isInputClosed() && !isExecuting());
        return none ? Optional.empty() : retries.untilNext();
    }

    private void takeBackWaiting() {
        for (var runs = executing.entrySet().iterator(); runs.hasNext(); ) {
            Map.Entry<CompletionId, RunExecution> next = runs.next();
            if (setup.threads().takeBack(next.getValue())) {
                tries.dropped(next.getKey());
                dropped.put(next.getKey(), next.getValue().step());
                runs.remove();
            }
        }
    }

    /** A task has failed: what waits for a thread is not executed any more, and nothing is tried again. */
    void startNothingMore() {
        ending = true;
        over = true;
        takeBackWaiting();
    }

    /**
     * The attempt is over: nobody waits for the closures any more, and of an aborted attempt nothing is executed that has not
     * begun.
     */
    void over(boolean aborted) {
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

    /** Whether closures are being executed, or wait for a thread. */
    boolean isExecuting() {
        return !executing.isEmpty();
    }

    /** Whether the engine has yet to store a result. */
    boolean isUnacknowledged() {
        return !proposed.isEmpty();
    }

    /** A notification was taken; it may be that a run's result is stored, here or by an attempt before. */
    void taken(NotificationId id) {
        proposed.remove(id);
        tries.finished(id);
        if (id instanceof CompletionId run && (executing.containsKey(run) || retries.contains(run))) {
            abandon(run);
        }
    }
}
