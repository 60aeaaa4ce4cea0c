package dev.reprise.sdk.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the engine repeats an attempt that failed. What is {@code null} is the engine's default.
 *
 * @param initialInterval the wait before the second attempt, not negative
 * @param exponentiationFactor by which each wait is longer than the one before, at least 1
 * @param maxInterval the longest wait, not negative
 * @param maxAttempts attempts in all, at least 1
 * @param onMaxAttempts what happens after the last one failed
 */
public record InvocationRetryPolicy(
        @Nullable Duration initialInterval,
        @Nullable Double exponentiationFactor,
        @Nullable Duration maxInterval,
        @Nullable Integer maxAttempts,
        @Nullable OnMaxAttempts onMaxAttempts) {

    /** What happens to an invocation whose last attempt failed. */
    public enum OnMaxAttempts {
        /** It waits for an operator. */
        PAUSE,
        /** It ends, with the failure of its last attempt. */
        KILL
    }
}
