package dev.reprise.protocol;

/** The error codes the service protocol gives a meaning beyond HTTP's. */
public final class ErrorCode {
    /** The invocation was cancelled. */
    public static final int CANCELLED = 409;
    /** The invocation, or what it asked for, no longer exists. */
    public static final int GONE = 410;
    /** The invocation exists but has not completed yet. */
    public static final int NOT_READY = 470;
    /** An error of the handler's code with no better code. */
    public static final int INTERNAL = 500;
    /** The code took another path than the one that the journal recorded. */
    public static final int JOURNAL_MISMATCH = 570;
    /** A message arrived that the state or the format does not allow. */
    public static final int PROTOCOL_VIOLATION = 571;

    private ErrorCode() {}
}
