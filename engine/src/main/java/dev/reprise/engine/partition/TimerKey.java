package dev.reprise.engine.partition;

import dev.reprise.protocol.id.InvocationId;

/**
 * A timer: what shall happen to which invocation, and when. Ordered by time.
 *
 * @param wakeUpMillis when, in milliseconds since the epoch
 * @param kind what shall happen
 * @param invocationId to which invocation
 * @param completionId the sleep's completion; 0 for the other kinds
 */
public record TimerKey(long wakeUpMillis, Kind kind, InvocationId invocationId, int completionId) {
    /** What a timer does. Stored by its {@link #ordinal()}: append only. */
    public enum Kind {
        /** Completes a sleep. */
        SLEEP,
        /** Starts a scheduled invocation. */
        START,
        /** Forgets a completed invocation whose result is kept no longer. */
        CLEAN_INVOCATION,
        /** Forgets a completed invocation's journal. */
        CLEAN_JOURNAL
    }
}
