package dev.reprise.engine.partition;

import java.util.List;

/**
 * How long a completed invocation is kept.
 *
 * @param invocationMillis after its end the invocation and its result are forgotten; 0 for at once
 * @param journalMillis after its end its journal is forgotten; 0 for at once, at most {@code invocationMillis}
 */
public record Retention(long invocationMillis, long journalMillis) {

    /** A journal is of no use without its invocation, so it is not kept longer. */
    public static Retention of(InvocationRequest request) {
        long journal = request.journalRetentionMillis();
        return new Retention(Math.max(request.completionRetentionMillis(), journal), journal);
    }

    /** The timers that end the retention of a completed invocation. */
    public List<TimerKey> timers(Invocation completed) {
        TimerKey invocation = timer(completed, TimerKey.Kind.CLEAN_INVOCATION, invocationMillis);
        return journalMillis > 0 && journalMillis < invocationMillis
                ? List.of(timer(completed, TimerKey.Kind.CLEAN_JOURNAL, journalMillis), invocation)
                : List.of(invocation);
    }

    private static TimerKey timer(Invocation completed, TimerKey.Kind kind, long afterMillis) {
        long end = completed.times().completedMillis();
        long at = afterMillis > Long.MAX_VALUE - end ? Long.MAX_VALUE : end + afterMillis;
        return new TimerKey(at, kind, completed.id(), 0);
    }
}
