package dev.reprise.engine.invoker;

/**
 * How long handlers take at present until their first word: the shortest of a few, since one may be slow by its nature, but
 * all of them are slow when their service has more to do than it can.
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
