package dev.reprise.sdk;

import dev.reprise.protocol.ErrorCode;

/**
 * The invocation was cancelled. Thrown once for each cancellation, by the first await that has to wait when it comes, after
 * the calls this invocation has made since the one before were cancelled too. From then on promises can be awaited again,
 * so that a handler can undo what it has done, and then throw this exception on. Who cancels it again interrupts that.
 *
 * <p>It is never the outcome of a promise: {@link RestatePromise#recover} and the combinators do not see it.
 */
public final class CancelledException extends TerminalException {
    private static final long serialVersionUID = 1L;

    /** The failure with code 409 that ends a cancelled invocation. */
    public CancelledException() {
        super(ErrorCode.CANCELLED, "cancelled");
    }
}
