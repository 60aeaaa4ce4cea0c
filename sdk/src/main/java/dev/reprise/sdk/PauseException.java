package dev.reprise.sdk;

import org.jspecify.annotations.Nullable;

/**
 * A failure that retrying does not mend: the engine pauses the invocation, until somebody resumes it. Then the handler
 * starts again, and what its journal holds is not repeated.
 *
 * <p>Thrown by a handler or by the closure of a run, whose {@link RetryPolicy} it overrides. It needs an engine that
 * speaks protocol version 7; for an older one it is an exception like any other, and retried.
 */
public final class PauseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Pauses the invocation.
     *
     * @param message why, for those who will resume it
     */
    public PauseException(String message) {
        this(message, null);
    }

    /**
     * Pauses the invocation.
     *
     * @param message why, for those who will resume it
     * @param cause what happened
     */
    public PauseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
