package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.id.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * What the invoker remembers of an invocation while it runs or waits for a retry. Only the partition's thread writes,
 * except for what the handler awaits; any thread may read.
 */
final class AttemptHistory {
    private final AttemptId attempt;
    private AttemptPolicy policy;

    private int failures;
    private int failuresSinceCommand;
    /** When the latest command was stored, or the first attempt began; by the steady clock. */
    private long commandMillis;

    private final RecordsUnderway records = new RecordsUnderway();
    private boolean due;
    private int attempts;

    /* Shown to people. */
    private volatile int started;
    private volatile long lastStartMillis;
    /** By the steady clock; null while there is no wait. */
    private volatile @Nullable Long nextRetryMillis;

    private volatile boolean inFlight;
    private volatile int failuresInARow;
    private volatile @Nullable DeploymentId deployment;
    private volatile @Nullable TransientError lastFailure;
    private volatile @Nullable FutureTree awaitingOn;

    AttemptHistory(AttemptId attempt, AttemptPolicy policy) {
        this.attempt = attempt;
        this.policy = policy;
    }

    AttemptId attempt() {
        return attempt;
    }

    AttemptPolicy policy() {
        return policy;
    }

    /** The records on their way through the log. */
    RecordsUnderway records() {
        return records;
    }

    /** Whether every record proposed so far has been applied; a new attempt must see all of them. */
    boolean isSettled() {
        return records.areApplied();
    }

    // -- attempts

    /**
     * Notes the start of an attempt.
     *
     * @param nowMillis by the steady clock
     * @param wallMillis by the clock that people see
     */
    void opening(AttemptPolicy handlerPolicy, DeploymentId on, long nowMillis, long wallMillis) {
        if (attempts == 0) {
            commandMillis = nowMillis;
        }
        policy = handlerPolicy;
        deployment = on;
        lastStartMillis = wallMillis;
        nextRetryMillis = null;
        awaitingOn = null;
        attempts++;
        started = attempts;
        inFlight = true;
    }

    /** Notes that an attempt stored a command. That is progress; notifications and the results of runs are not. */
    void commandStored(long nowMillis) {
        commandMillis = nowMillis;
    }

    /** How many attempts failed since one stored a command; one that stored a command and then failed is the first. */
    int failuresSinceCommand() {
        return failuresSinceCommand;
    }

    /** The time since an attempt stored a command, or since the first one began. */
    long sinceCommandMillis(long nowMillis) {
        return Math.max(0, nowMillis - commandMillis);
    }

    /** How many attempts failed in a row without progress in between. */
    int failuresInARow() {
        return failuresInARow;
    }

    /**
     * Notes a failed attempt; answers whether it failed differently from the one before.
     *
     * @param storedCommand whether the attempt made progress
     */
    boolean failed(AttemptFailure failure, boolean storedCommand) {
        TransientError before = lastFailure;
        inFlight = false;
        awaitingOn = null;
        lastFailure = failure.error();
        failuresInARow = storedCommand ? 1 : failuresInARow + 1;
        if (storedCommand) {
            failuresSinceCommand = 0;
        }
        if (failure.reachedHandler()) {
            failuresSinceCommand++;
        }
        if (failure.retryDelayMillis() == null) {
            failures++;
        }
        return before == null || !before.isSameAs(failure.error());
    }

    /** How the latest failed attempt failed; null if none has. */
    @Nullable
    TransientError lastFailure() {
        return lastFailure;
    }

    /** How many failed attempts count for the retry policy. */
    int failures() {
        return failures;
    }

    /** Notes until when to wait for a retry, by the steady clock. */
    void waits(long untilMillis) {
        nextRetryMillis = untilMillis;
    }

    /** Notes that the time for a retry has come although records are still underway. */
    void setDue() {
        due = true;
    }

    /** Whether the retry was due and everything is applied now; true once. */
    boolean takeDue() {
        boolean now = due && isSettled();
        due &= !now;
        return now;
    }

    void awaits(FutureTree tree) {
        awaitingOn = tree;
    }

    /** What people see; {@code aheadMillis} is by how much their clock is ahead of the steady one. */
    AttemptView view(long aheadMillis) {
        Long next = nextRetryMillis;
        return new AttemptView(
                attempt.invocationId(),
                deployment,
                inFlight,
                started,
                lastStartMillis,
                failuresInARow,
                lastFailure,
                next == null ? 0 : Math.max(1, next + aheadMillis),
                inFlight ? awaitingOn : null);
    }
}
