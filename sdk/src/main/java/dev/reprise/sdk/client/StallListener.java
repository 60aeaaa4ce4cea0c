package dev.reprise.sdk.client;

/** Hears of calls that wait for an invocation without progress. On a thread of the client; should return soon. */
@FunctionalInterface
public interface StallListener {
    /**
     * A call waits for an invocation that makes no progress. Called once for each invocation, and again whenever the
     * number of its failures has doubled.
     */
    void stalled(Stall stall);
}
