package dev.reprise.benchmarks;

import java.util.Arrays;

/** Durations in nanoseconds, and their percentiles. Used by one thread at a time. */
public final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    /** One more duration, in nanoseconds. */
    public void add(long value) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = value;
    }

    void clear() {
        count = 0;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /**
     * In microseconds; 0 while there are none.
     *
     * @param fraction 0 to 1
     */
    public double percentile(double fraction) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[(int) Math.min(count - 1, Math.floor(fraction * count))] / 1_000.0;
    }
}
