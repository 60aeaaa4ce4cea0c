package dev.reprise.sdk;

import dev.reprise.protocol.ErrorCode;

/**
 * The invocation was cancelled. Each cancellation throws it once, from the await that waits when the cancellation
 * arrives, or from the next one that has to wait; the calls that the invocation has made since the last cancellation
 * are cancelled before. Afterwards promises can be awaited again, so that a handler can undo what it has done and then
 * rethrow this exception. Another cancellation interrupts that, too.
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
