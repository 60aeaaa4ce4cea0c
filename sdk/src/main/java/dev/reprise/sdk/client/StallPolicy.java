package dev.reprise.sdk.client;

/**
 * What a client does when a call waits for an invocation that is paused or keeps failing. It always logs a warning; a
 * waiting call fails only if this policy says so. Immutable.
 *
 * {@snippet :
 * Client impatient = client.with(StallPolicy.WAIT.failingWhenPaused().failingAfter(10));
 * }
 *
 * @param listener hears of such calls as well
 * @param failsWhenPaused whether calls fail if they wait for a paused invocation
 * @param failsAfter after how many failed attempts in a row calls fail; 0 for never
 */
public record StallPolicy(StallListener listener, boolean failsWhenPaused, int failsAfter) {
    /** Keeps waiting, however long it takes. */
    public static final StallPolicy WAIT = new StallPolicy(stall -> {}, false, 0);

    public StallPolicy {
        if (failsAfter < 0) {
            throw new IllegalArgumentException(
                    "Expected a number of failures of at least 1, or 0 for never, found " + failsAfter + ".");
        }
    }

    /** The same, with a listener. */
    public StallPolicy withListener(StallListener told) {
        return new StallPolicy(told, failsWhenPaused, failsAfter);
    }

    /** The same, except that a call fails with reason {@code STALLED} if it waits for a paused invocation. */
    public StallPolicy failingWhenPaused() {
        return new StallPolicy(listener, true, failsAfter);
    }

    /**
     * The same, except that a call fails with reason {@code STALLED} after this many failed attempts in a row.
     *
     * @param failures at least 1; 0 for never
     */
    public StallPolicy failingAfter(int failures) {
        return new StallPolicy(listener, failsWhenPaused, failures);
    }

    boolean fails(Stall stall) {
        return (stall.state() == Stall.State.PAUSED && failsWhenPaused)
                || (failsAfter > 0 && stall.failures() >= failsAfter);
    }
}
