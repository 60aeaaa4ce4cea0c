package dev.reprise.sdk.client;

/** Told of calls that wait for an invocation that does not get on. On a thread of the client; should return soon. */
@FunctionalInterface
public interface StallListener {
    /** A call waits in vain, for now. Told once for each invocation, and again whenever its failures have doubled. */
    void stalled(Stall stall);
}
