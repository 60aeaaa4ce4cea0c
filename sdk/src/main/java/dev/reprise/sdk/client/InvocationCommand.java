package dev.reprise.sdk.client;

/** What a client can do with an invocation as a whole. */
public enum InvocationCommand {
    /** Tell its handler, where it awaits, and the handlers that it called. */
    CANCEL,
    /** End it without involving its handler. */
    KILL,
    /** Forget it after it has completed. */
    PURGE,
    /** Stop its attempts until it is resumed. */
    PAUSE,
    /** Let it run now if it is paused or waits for a retry. */
    RESUME
}
