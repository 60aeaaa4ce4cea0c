package dev.reprise.engine.invoker;

import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.memory.MemoryLease;
import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.registry.Registry;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.time.Jitter;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the attempts of one partition's invocations: at most one for each, a limited number at once, with retries after
 * failures. Belongs to the partition's thread.
 */
public final class Invoker {
    /** Practically for ever, but short enough to be added to a time. */
    private static final long FOR_EVER_MILLIS = Long.MAX_VALUE / 4;

    private final AttemptOpening opening;
    private final AttemptRoom room;
    private final InvokerPools pools;
    private final MemoryGate gate;
    private final RetryQueue retries = new RetryQueue();
    private final AttemptViews known;
    private final Proposals proposals;
    private final RandomGenerator chance;
    private boolean draining;

    /** An invoker with memory of its own. */
    public Invoker(
            EngineConfig config,
            Registry registry,
            CallResolver calls,
            DeploymentTransport transport,
            Proposals proposals,
            PartitionTables tables,
            RandomGenerator chance) {
        this(new InvokerSettings(config), registry, calls, transport, proposals, tables, chance);
    }

    /**
     * An invoker.
     *
     * @param chance spreads the delays before further attempts
     */
    public Invoker(
            InvokerSettings settings,
            Registry registry,
            CallResolver calls,
            DeploymentTransport transport,
            Proposals proposals,
            PartitionTables tables,
            RandomGenerator chance) {
        this.opening = new AttemptOpening(settings, registry, calls, transport, proposals, tables);
        this.room = new AttemptRoom(settings.config().attemptsMax());
        this.known = new AttemptViews(proposals);
        this.pools = settings.pools();
        this.gate = new MemoryGate(pools, proposals);
        this.proposals = proposals;
        this.chance = chance;
    }

    /** The attempts, for people to see. Any thread. */
    public AttemptViews views() {
        return known;
    }

    /* All times here are by the steady clock, which nobody sets while an attempt is silent or waits for a retry. */

    /** Starts an attempt, at once or when there is room. */
    public void start(AttemptId attempt, long nowMillis) {
        abort(attempt.invocationId());
        known.put(new AttemptHistory(attempt, opening.defaultPolicy()));
        startWhenRoom(attempt, nowMillis);
    }

    private void startWhenRoom(AttemptId attempt, long nowMillis) {
        if (draining) {
            return; // it goes on with the next leader
        }
        if (opening.isToHalt(attempt)) {
            halted(attempt);
            return;
        }
        Optional<MemoryLease> memory = room.isFull() ? Optional.empty() : gate.pass();
        if (memory.isPresent()) {
            open(attempt, memory.get(), nowMillis);
        } else {
            room.queue(attempt);
        }
    }

    /** A record of an invocation's attempt was applied. */
    public void applied(PartitionRecord.FromAttempt applied, long nowMillis) {
        PartitionRecord.FromAttempt record = applied.said();
        AttemptHistory history = history(record.attempt());
        if (history == null) {
            return;
        }
        long number = history.records().apply();
        if (record instanceof PartitionRecord.EntryAppended) {
            history.commandStored(nowMillis);
        }
        InvocationAttempt attempt = room.get(record.attempt().invocationId());
        switch (record) {
            case PartitionRecord.EntryAppended _, PartitionRecord.RunProposed _ -> {
                if (attempt != null) {
                    room.recordMessage(attempt, nowMillis);
                    attempt.applied(number);
                    if (record instanceof PartitionRecord.RunProposed run) {
                        attempt.recorded(run.completionId());
                    }
                }
            }
            case PartitionRecord.Suspended _,
                    PartitionRecord.Ended _,
                    PartitionRecord.AttemptsExhausted _,
                    PartitionRecord.AttemptHalted _ -> {
                if (attempt != null) {
                    room.recordMessage(attempt, nowMillis);
                }
                abort(record.attempt().invocationId());
            }
            case PartitionRecord.DeploymentPinned _, PartitionRecord.AttemptFailed _ -> {}
            case PartitionRecord.SaidAfterWaiting _ -> throw new IllegalStateException("it is said without waits");
        }
        if (history.takeDue()) {
            startWhenRoom(history.attempt(), nowMillis);
        }
    }

    /** A notification was journaled. */
    public void forward(Action.ForwardNotification action, long nowMillis) {
        InvocationAttempt attempt = room.get(action.invocationId());
        if (attempt != null) {
            room.recordActivity(attempt, nowMillis);
            attempt.send(action.index(), action.notification());
        }
    }

    /** A run's result was journaled. */
    public void ackRun(Action.AckRun action, long nowMillis) {
        InvocationAttempt attempt = room.get(action.invocationId());
        if (attempt != null) {
            room.recordActivity(attempt, nowMillis);
            attempt.sendResult(action.index(), action.completionId(), action.notification());
        }
    }

    /** Ends an invocation's attempt, open or waiting. */
    public void abort(InvocationId id) {
        InvocationAttempt attempt = room.remove(id);
        if (attempt != null) {
            attempt.detach();
        }
        retries.remove(id);
        known.remove(id);
    }

    /** Lets an invocation's open attempt end by itself, and opens no other. */
    public void halt(InvocationId id, long nowMillis) {
        AttemptHistory history = known.history(id);
        if (history == null || !opening.isToHalt(history.attempt())) {
            return;
        }
        InvocationAttempt open = room.get(id);
        if (open == null) {
            halted(history.attempt());
        } else {
            room.stop(open, nowMillis);
        }
    }

    /** None of the invocation's attempts is open. */
    private void halted(AttemptId attempt) {
        AttemptHistory history = history(attempt);
        abort(attempt.invocationId());
        proposals.propose(
                new PartitionRecord.AttemptHalted(attempt, history == null ? null : history.lastFailure()),
                Urgency.NOW);
    }

    /** Skips the wait before an invocation's next attempt. */
    public void retryNow(InvocationId id, long nowMillis) {
        AttemptHistory history = known.history(id);
        if (history != null && retries.remove(id)) {
            retryAt(history, nowMillis);
        }
    }

    /** Cuts silent attempts and does whatever else is due. */
    public void tick(long nowMillis) {
        for (AttemptId due = retries.pollDue(nowMillis); due != null; due = retries.pollDue(nowMillis)) {
            retry(due, nowMillis);
        }
        openQueued(nowMillis);
        room.tick(nowMillis, silent -> cut(silent, nowMillis));
    }

    /** Opens no more attempts, and asks those that are open to come to an end. */
    public void drain(long nowMillis) {
        draining = true;
        room.clearQueue();
        room.all().forEach(attempt -> room.stop(attempt, nowMillis));
    }

    /** Whether no attempt is open any more after {@link #drain}, and all of their records are in the log. */
    public boolean isDrained() {
        return draining && room.isEmpty();
    }

    private void openQueued(long nowMillis) {
        while (room.mayPollQueued()) {
            Optional<MemoryLease> memory = gate.pass();
            if (memory.isEmpty()) {
                return;
            }
            open(room.pollQueued(), memory.get(), nowMillis);
        }
        if (room.isQueueEmpty()) {
            gate.release();
        }
    }

    /** When {@link #tick} has something to do next; {@link Long#MAX_VALUE} for never. */
    public long nextWakeUpMillis() {
        return Math.min(retries.nextMillis(), room.nextMillis());
    }

    /** Ends all attempts. */
    public void close() {
        room.all().forEach(attempt -> abort(attempt.id().invocationId()));
        room.clearQueue();
        gate.close();
        retries.clear();
        known.clear();
    }

    /** What is remembered of an invocation, if this is the attempt that counts. */
    private @Nullable AttemptHistory history(AttemptId attempt) {
        AttemptHistory history = known.history(attempt.invocationId());
        return history != null && history.attempt().equals(attempt) ? history : null;
    }

    private void open(AttemptId id, MemoryLease initial, long nowMillis) {
        AttemptMemory memory = AttemptMemory.of(pools, initial);
        AttemptHistory history = history(id);
        Invocation invocation = opening.current(id).orElse(null);
        if (history == null || invocation == null) {
            memory.close();
            return;
        }
        try {
            room.add(opening.open(invocation, history, memory, this::failed, nowMillis));
        } catch (AttemptOpening.UnopenedException e) {
            memory.close();
            backOff(history, AttemptFailure.unopened(e.error()), false, nowMillis);
        }
    }

    private void failed(InvocationAttempt attempt, AttemptFailure failure) {
        InvocationId id = attempt.id().invocationId();
        if (room.get(id) == attempt) {
            room.remove(id);
            giveUp(attempt, failure, proposals.steadyMillis());
        }
    }

    private void cut(InvocationAttempt attempt, long nowMillis) {
        Duration waited = Duration.ofMillis(attempt.history().policy().abortMillis());
        String why = "the handler was asked to suspend and stayed silent for the abort timeout of " + waited;
        giveUp(attempt, AttemptFailure.of(TransientError.of(ErrorCode.INTERNAL, "RT0001", why)), nowMillis);
    }

    private void giveUp(InvocationAttempt attempt, AttemptFailure failure, long nowMillis) {
        attempt.detach();
        backOff(attempt.history(), failure, attempt.storesCommand(), nowMillis);
    }

    private void backOff(AttemptHistory history, AttemptFailure failure, boolean storedCommand, long nowMillis) {
        TransientError error = failure.error();
        Long asked = failure.retryDelayMillis();
        boolean isNews = history.failed(failure, storedCommand);
        if (opening.isToHalt(history.attempt())) {
            warn(history, error, FailureLine.PAUSED_AS_ASKED);
            halted(history.attempt());
            return;
        }
        boolean exhausted = asked == null && history.policy().retries().isExhausted(history.failures());
        if (exhausted || failure.behavior() != ErrorBehavior.RETRY) {
            boolean pauses = pauses(history, failure);
            warn(history, error, pauses ? FailureLine.PAUSED : FailureLine.ENDED);
            proposals.propose(new PartitionRecord.AttemptsExhausted(history.attempt(), error, pauses), Urgency.NOW);
            return;
        }
        if (isNews) {
            history.records().propose();
            proposals.propose(new PartitionRecord.AttemptFailed(history.attempt(), error), Urgency.SOON);
        }
        long waitMillis = asked != null ? Math.clamp(asked, 0, FOR_EVER_MILLIS) : delayMillis(history);
        warn(history, error, FailureLine.nextTryIn(waitMillis));
        retryAt(history, nowMillis + waitMillis);
    }

    private long delayMillis(AttemptHistory history) {
        long least = history.policy().retries().delayMillis(history.failures());
        return Jitter.spread(Math.min(least, FOR_EVER_MILLIS), chance.nextDouble());
    }

    private void warn(AttemptHistory history, TransientError error, String next) {
        String target = opening.current(history.attempt())
                .map(invocation -> invocation.target().toString())
                .orElse("");
        FailureLine.warn(history, target, error, next);
    }

    private static boolean pauses(AttemptHistory history, AttemptFailure failure) {
        return switch (failure.behavior()) {
            case PAUSE -> true;
            case FAIL -> false;
            case RETRY -> history.policy().retries().onMaxAttempts() == RetryPolicyOnMaxAttempts.PAUSE;
        };
    }

    private void retryAt(AttemptHistory history, long atMillis) {
        history.waits(atMillis);
        retries.add(history.attempt(), atMillis);
    }

    /** Retries an invocation, once every record of the attempt before has been applied. */
    private void retry(AttemptId id, long nowMillis) {
        AttemptHistory history = history(id);
        if (history == null) {
            return;
        }
        if (history.isSettled()) {
            startWhenRoom(id, nowMillis);
        } else {
            history.setDue();
        }
    }
}
