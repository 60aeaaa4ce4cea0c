package dev.reprise.protocol;

/**
 * Names under which a log line about an invocation carries what it is about, beside its message: those of the engine as fields,
 * those of handlers in the diagnostic context (MDC). Traces use them too.
 */
public final class LogKeys {
    /** The invocation's id. */
    public static final String INVOCATION_ID = "restate.invocation.id";

    /** {@code service/handler} or {@code service/key/handler}. */
    public static final String INVOCATION_TARGET = "restate.invocation.target";

    /** The branch of a handler whose code or closure it is, after the branches it was forked in, each followed by a slash. */
    public static final String BRANCH = "reprise.branch";

    private LogKeys() {}
}
