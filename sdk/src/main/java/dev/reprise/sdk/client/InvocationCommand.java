package dev.reprise.sdk.client;

/** What a client can ask of an invocation as a whole. */
public enum InvocationCommand {
    /** Tell its handler, where it awaits, and those it called. */
    CANCEL,
    /** End it without asking its handler. */
    KILL,
    /** Forget it, now that it has completed. */
    PURGE,
    /** Stop its attempts until it is resumed. */
    PAUSE,
    /** Let it run, now, if it is paused or waits to be tried again. */
    RESUME
}
