package dev.reprise.server.query.execution;

import dev.reprise.server.query.execution.QueryException.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a query that has taken too long or that nobody wants any more, wherever it is checked: while a plan is made and
 * while it is carried out. Any thread.
 */
public final class QueryWatch {
    private final QueryLimits limits;
    private volatile long startNanos = System.nanoTime();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** The watch of a query that begins now. */
    public QueryWatch(QueryLimits limits) {
        this.limits = limits;
    }

    /** What the query may use. */
    public QueryLimits limits() {
        return limits;
    }

    /** The query begins only now, after waiting until here. */
    public void restart() {
        startNanos = System.nanoTime();
    }

    /** Makes the query end at its next step. */
    public void cancel() {
        cancelled.set(true);
    }

    /** True once the query is cancelled; Calcite's own code checks it. */
    AtomicBoolean cancelled() {
        return cancelled;
    }

    /**
     * Returns if the query may go on.
     *
     * @throws QueryException when it was cancelled or its time is over
     */
    public void check() {
        if (cancelled.get()) {
            throw new QueryException(Reason.CLOSED, "the query was cancelled");
        }
        if (System.nanoTime() - startNanos > limits.time().toNanos()) {
            throw new QueryException(
                    Reason.LIMIT,
                    "the query ran for longer than " + text(limits.time())
                            + "; ask for fewer rows, filter by id, service and key, or status, or join fewer tables");
        }
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
