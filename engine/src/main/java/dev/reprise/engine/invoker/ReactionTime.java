package dev.reprise.engine.invoker;

/**
 * How long handlers take at present until their first message: the shortest of a few, because a single one may be slow
 * by nature, but all are slow when their service has more work than it can do.
 */
final class ReactionTime {
    private static final int SHORTEST_OF = 16;
    private static final long UNKNOWN_MILLIS = 1000;

    private long millis = UNKNOWN_MILLIS;
    private long shortestMillis = Long.MAX_VALUE;
    private int count;

    void add(long newMillis) {
        shortestMillis = Math.min(shortestMillis, newMillis);
        count++;
        if (count == SHORTEST_OF) {
            millis = shortestMillis;
            shortestMillis = Long.MAX_VALUE;
            count = 0;
        }
    }

    long millis() {
        return millis;
    }
}
