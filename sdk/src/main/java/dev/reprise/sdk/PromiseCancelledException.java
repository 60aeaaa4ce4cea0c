package dev.reprise.sdk;

/**
 * The outcome of a promise that was cancelled: by {@link RestatePromise#cancel}, as the loser of a {@link Choice}, or
 * as a branch of a scope that ended. Code 500. It is not {@link CancelledException}: the invocation itself goes on, and
 * a handler that throws this one on has failed, and was not cancelled.
 */
public final class PromiseCancelledException extends TerminalException {
    private static final long serialVersionUID = 1L;

    /** The failure of a cancelled promise. */
    public PromiseCancelledException() {
        super("the promise was cancelled");
    }
}
