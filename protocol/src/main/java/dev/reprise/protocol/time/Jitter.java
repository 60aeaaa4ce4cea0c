package dev.reprise.protocol.time;

/**
 * Spreads delays, so that those who failed together do not come back together: up to three tenths are added. Restate
 * adds as much.
 */
public final class Jitter {
    private static final double SHARE_MAX = 0.3;

    private Jitter() {}

    /**
     * A delay, made longer by chance.
     *
     * @param millis the least, not negative
     * @param chance from 0 for nothing to 1 for the most
     */
    public static long spread(long millis, double chance) {
        long added = (long) (millis * SHARE_MAX * chance);
        return added > Long.MAX_VALUE - millis ? Long.MAX_VALUE : millis + added;
    }
}
