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
 * @param behavior how the engine reacts; below V7 it always retries
 */
public record AttemptError(
        int code,
        String message,
        String stacktrace,
        @Nullable Long nextRetryDelayMillis,
        ErrorBehavior behavior) {

    /** A failure that the engine retries by its policy. */
    public static AttemptError of(int code, String message) {
        return new AttemptError(code, message, "", null, ErrorBehavior.RETRY);
    }
}
