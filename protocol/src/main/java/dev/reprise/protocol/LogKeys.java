package dev.reprise.protocol;

/**
 * Names of the fields with which a log line about an invocation identifies it: the engine's lines as fields, those of
 * handlers in the diagnostic context (MDC). Traces use them as well.
 */
public final class LogKeys {
    /** The invocation's id. */
    public static final String INVOCATION_ID = "restate.invocation.id";

    /** {@code service/handler} or {@code service/key/handler}. */
    public static final String INVOCATION_TARGET = "restate.invocation.target";

    /**
     * The branch of a handler that the code or closure belongs to, preceded by the branches it was forked in, each
     * followed by a slash.
     */
    public static final String BRANCH = "reprise.branch";

    private LogKeys() {}
}
