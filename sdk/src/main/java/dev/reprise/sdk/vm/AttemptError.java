package dev.reprise.sdk.vm;

import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt fails.
 *
 * @param code an HTTP status code, or one of {@link dev.reprise.protocol.ErrorCode}
 * @param message what went wrong
 * @param stacktrace for a human reader; may be empty
 * @param nextRetryDelayMillis overrides the retry policy's next delay
 * @param behavior what the engine does about it; below V7 it always retries
 */
public record AttemptError(
        int code,
        String message,
        String stacktrace,
        @Nullable Long nextRetryDelayMillis,
        ErrorBehavior behavior) {

    /** A failure that is retried as the engine's policy says. */
    public static AttemptError of(int code, String message) {
        return new AttemptError(code, message, "", null, ErrorBehavior.RETRY);
    }
}
