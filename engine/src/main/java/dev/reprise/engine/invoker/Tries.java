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
final class Tries {
    private final AttemptId attempt;
    private AttemptPolicy policy;

    private int failures;
    private int failuresSinceEntry;
    private int journalLength;
    private long proposed;
    private long applied;
    private boolean due;
    private int attempts;

    /* For people to see. */
    private volatile int started;
    private volatile long lastStartMillis;
    private volatile long nextRetryMillis;
    private volatile boolean inFlight;
    private volatile @Nullable DeploymentId deployment;
    private volatile @Nullable TransientError lastFailure;
    private volatile @Nullable FutureTree awaitingOn;

    Tries(AttemptId attempt, AttemptPolicy policy) {
        this.attempt = attempt;
        this.policy = policy;
    }

    AttemptId attempt() {
        return attempt;
    }

    AttemptPolicy policy() {
        return policy;
    }

    // -- records on their way through the log

    void proposed(long records) {
        proposed += records;
    }

    void applied() {
        applied++;
    }

    /** Whether everything said so far has been applied; a new attempt must see all of it. */
    boolean isSettled() {
        return applied >= proposed;
    }

    // -- attempts

    /** An attempt begins with so many journal entries. */
    void opening(AttemptPolicy handlerPolicy, DeploymentId on, int entries, long nowMillis) {
        if (entries > journalLength) {
            failuresSinceEntry = 0;
            journalLength = entries;
        }
        policy = handlerPolicy;
        deployment = on;
        lastStartMillis = nowMillis;
        nextRetryMillis = 0;
        awaitingOn = null;
        attempts++;
        started = attempts;
        inFlight = true;
    }

    /** How many attempts failed since the journal grew. */
    int failuresSinceEntry() {
        return failuresSinceEntry;
    }

    /** An attempt failed; answers whether this is another failure than the one before. */
    boolean failed(TransientError error, boolean counts) {
        TransientError before = lastFailure;
        inFlight = false;
        awaitingOn = null;
        lastFailure = error;
        failuresSinceEntry++;
        if (counts) {
            failures++;
        }
        return before == null || !before.isSameAs(error);
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

    AttemptView view() {
        return new AttemptView(
                attempt.invocationId(),
                deployment,
                inFlight,
                started,
                lastStartMillis,
                lastFailure,
                nextRetryMillis,
                inFlight ? awaitingOn : null);
    }
}
