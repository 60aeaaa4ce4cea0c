package dev.reprise.server.query.execution;

import java.time.Duration;

/**
 * What queries may use.
 *
 * @param time how long a query may run until its last row is written
 * @param bytes how much all queries together may hold on the heap, to produce, sort, join or group rows; an estimate
 * @param running how many queries run at once; each has a thread
 * @param waiting how many more may wait for a thread
 */
public record QueryLimits(Duration time, long bytes, int running, int waiting) {
    /** A minute, 64 MiB, four at once and 64 waiting. */
    public static final QueryLimits DEFAULT = new QueryLimits(Duration.ofMinutes(1), 64 << 20, 4, 64);

    private static final int SHARE_OF_HEAP = 4;
    private static final long VALUE_BYTES_MIN = 1024;

    /**
     * The default, except that all queries together hold at most this many bytes, and never more than a quarter of the
     * heap.
     */
    public static QueryLimits within(long bytesOfAll) {
        long bytes = Math.min(bytesOfAll, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        return new QueryLimits(DEFAULT.time(), Math.max(1, bytes), DEFAULT.running(), DEFAULT.waiting());
    }

    /**
     * How large a value may be that a call produces, in a query with this many calls: such that all values of one row
     * of each running query fit into the bytes.
     */
    long valueBytesMax(int calls) {
        return Math.max(VALUE_BYTES_MIN, bytes / running / Math.max(1, calls));
    }

    public QueryLimits {
        if (time.isNegative() || time.isZero() || bytes < 1 || running < 1 || waiting < 0) {
            throw new IllegalArgumentException("a query's limits must be positive, were " + time + ", " + bytes
                    + " bytes, " + running + " running, " + waiting + " waiting");
        }
    }
}
