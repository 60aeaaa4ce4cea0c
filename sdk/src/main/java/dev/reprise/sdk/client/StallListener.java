package dev.reprise.sdk.client;

/** Told of calls that wait for an invocation that does not get on. On a thread of the client; should return soon. */
@FunctionalInterface
public interface StallListener {
    /**
     * A call waits for an invocation that makes no progress. Called once for each invocation, and again whenever the
     * number of its failures has doubled.
     */
    void stalled(Stall stall);
}
