package dev.reprise.sdk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that is retried, like any exception that is not a {@link TerminalException}, and says when.
 *
 * <p>Thrown by a handler or by the closure of a run; for a run its delay takes the place of the one of the run's
 * {@link RetryPolicy}, whose limits still hold.
 */
public final class RetryableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** Retried when the retry policy says. */
    public RetryableException(String message) {
        super(message);
        this.retryAfter = null;
    }

    /** Retried when the retry policy says. */
    public RetryableException(String message, Throwable cause) {
        super(message, cause);
        this.retryAfter = null;
    }

    /**
     * Retried after a delay.
     *
     * @param message what went wrong
     * @param retryAfter not negative; counted in milliseconds
     */
    public RetryableException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = Durations.require("retryAfter", retryAfter);
    }

    /**
     * Retried after a delay.
     *
     * @param message what went wrong
     * @param cause why
     * @param retryAfter not negative; counted in milliseconds
     */
    public RetryableException(String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.retryAfter = Durations.require("retryAfter", retryAfter);
    }

    /** When to retry; empty if the retry policy decides. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
