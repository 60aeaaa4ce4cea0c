package dev.reprise.sdk.client;

/**
 * What a client does when a call waits for an invocation that is paused or fails again and again. It always logs a
 * warning; a waiting call fails only if this says so. Immutable.
 *
 * {@snippet :
 * Client impatient = client.with(StallPolicy.WAIT.failingWhenPaused().failingAfter(10));
 * }
 *
 * @param listener who else is told
 * @param failsWhenPaused whether calls fail that wait for a paused invocation
 * @param failsAfter after how many failed attempts in a row they fail; 0 for never
 */
public record StallPolicy(StallListener listener, boolean failsWhenPaused, int failsAfter) {
    /** Waits on, for as long as it takes. */
    public static final StallPolicy WAIT = new StallPolicy(stall -> {}, false, 0);

    public StallPolicy {
        if (failsAfter < 0) {
            throw new IllegalArgumentException(
                    "Expected a number of failures of at least 1, or 0 for never, found " + failsAfter + ".");
        }
    }

    /** As this one, with somebody to tell. */
    public StallPolicy withListener(StallListener told) {
        return new StallPolicy(told, failsWhenPaused, failsAfter);
    }

    /** As this one, and a call fails when it waits for a paused invocation, with reason {@code STALLED}. */
    public StallPolicy failingWhenPaused() {
        return new StallPolicy(listener, true, failsAfter);
    }

    /**
     * As this one, and a call fails with reason {@code STALLED} once what it waits for has failed so often in a row.
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
