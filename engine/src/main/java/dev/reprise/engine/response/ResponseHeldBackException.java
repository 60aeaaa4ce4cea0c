package dev.reprise.engine.response;

import dev.reprise.protocol.id.InvocationId;

/**
 * An invocation has a result, but there was no {@link ResponseRoom} for it. If the result is kept, it can be requested
 * again.
 */
public final class ResponseHeldBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient InvocationId invocation;
    private final long bytes;

    /** For this invocation, whose result needs this much room. */
    public ResponseHeldBackException(InvocationId invocation, long bytes) {
        super("the result of " + invocation + " has " + bytes + " bytes, for which there is no memory now");
        this.invocation = invocation;
        this.bytes = bytes;
    }

    /** Whose result it is. */
    public InvocationId invocation() {
        return invocation;
    }

    /** How much room it needs. */
    public long bytes() {
        return bytes;
    }
}
