package dev.reprise.server.query.execution;

import dev.reprise.server.query.execution.QueryException.Reason;
import java.util.concurrent.atomic.AtomicLong;

/** How much all queries together may hold on the heap; an estimate. Any thread. */
public final class QueryMemory {
    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();

    public QueryMemory(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * Takes memory for a query, or gives it back if {@code bytes} is negative.
     *
     * @param ofQuery what that query holds including these
     * @throws QueryException when there is not enough left; then nothing is taken
     */
    void take(long bytes, long ofQuery) {
        if (taken.addAndGet(bytes) <= bytesMax || bytes <= 0) {
            return;
        }
        taken.addAndGet(-bytes);
        if (ofQuery > bytesMax) {
            throw new QueryException(
                    Reason.LIMIT,
                    "the query must sort, join, group or make more than " + bytesMax
                            + " bytes of rows; ask for fewer rows or columns, or add a LIMIT to the ORDER BY");
        }
        throw new QueryException(
                Reason.BUSY,
                "all queries together hold more than " + bytesMax + " bytes of rows, this one " + ofQuery
                        + "; try again later, or ask for fewer rows or columns");
    }

    /** What is held now. */
    public long taken() {
        return taken.get();
    }
}
