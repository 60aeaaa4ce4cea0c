package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.id.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an invocation while it runs or waits to be tried again. The partition's thread alone writes,
 * save for what the handler awaits; any thread may look.
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

    /* For people to see. */
    private volatile int started;
    private volatile long lastStartMillis;
    /** By the steady clock; null while it does not wait. */
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

    /** Whether everything said so far has been applied; a new attempt must see all of it. */
    boolean isSettled() {
        return records.areApplied();
    }

    // -- attempts

    /**
     * An attempt begins.
     *
     * @param nowMillis by the steady clock
     * @param wallMillis by the one that people see
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

    /** An attempt stored a command: a step forward, which notifications and the results of runs are not. */
    void commandStored(long nowMillis) {
        commandMillis = nowMillis;
    }

    /** How many attempts failed since one stored a command; one that stored a command and failed is the first. */
    int failuresSinceCommand() {
        return failuresSinceCommand;
    }

    /** How much time has passed since an attempt stored a command, or since the first began. */
    long sinceCommandMillis(long nowMillis) {
        return Math.max(0, nowMillis - commandMillis);
    }

    /** How many attempts failed one after the other, without a step forward in between. */
    int failuresInARow() {
        return failuresInARow;
    }

    /**
     * An attempt failed; answers whether this is another failure than the one before.
     *
     * @param storedCommand whether the attempt has come a step further
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

    /** How many attempts failed and count for the retry policy. */
    int failures() {
        return failures;
    }

    /** It waits to be tried again, by the steady clock. */
    void waits(long untilMillis) {
        nextRetryMillis = untilMillis;
    }

    /** Its time to be tried again has come, but it is not settled. */
    void setDue() {
        due = true;
    }

    /** Whether it was due and now is settled; answered once. */
    boolean takeDue() {
        boolean now = due && isSettled();
        due &= !now;
        return now;
    }

    void awaits(FutureTree tree) {
        awaitingOn = tree;
    }

    /** What people see; {@code aheadMillis} is how much the clock they see is ahead of the steady one. */
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
