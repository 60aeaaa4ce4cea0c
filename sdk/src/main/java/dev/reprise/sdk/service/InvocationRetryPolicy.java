package dev.reprise.sdk.service;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the engine retries a failed attempt. {@code null} means the service's policy for a handler, and the engine's
 * default for a service. Immutable.
 *
 * <pre>{@code
 * InvocationRetryPolicy.maxAttempts(10, OnMaxAttempts.KILL).withInitialInterval(Duration.ofMillis(50))
 * }</pre>
 *
 * @param initialInterval the delay before the second attempt, not negative
 * @param exponentiationFactor by which each delay is longer than the one before, at least 1
 * @param maxInterval the longest delay, not negative
 * @param maxAttempts the number of attempts in all, at least 1
 * @param onMaxAttempts what happens after the last one has failed
 */
public record InvocationRetryPolicy(
        @Nullable Duration initialInterval,
        @Nullable Double exponentiationFactor,
        @Nullable Duration maxInterval,
        @Nullable Integer maxAttempts,
        @Nullable OnMaxAttempts onMaxAttempts) {

    /** A policy that sets nothing. */
    public static final InvocationRetryPolicy NONE = new InvocationRetryPolicy(null, null, null, null, null);

    /** What happens to an invocation whose last attempt has failed. */
    public enum OnMaxAttempts {
        /** It waits for an operator. */
        PAUSE,
        /** It ends, with the failure of its last attempt. */
        KILL
    }

    public InvocationRetryPolicy {
        HandlerOptions.requireMillis("initial interval", initialInterval);
        HandlerOptions.requireMillis("maximum interval", maxInterval);
        require(
                exponentiationFactor == null || exponentiationFactor >= 1,
                "an exponentiation factor of at least 1",
                exponentiationFactor);
        require(maxAttempts == null || maxAttempts >= 1, "at least 1 attempt", maxAttempts);
    }

    private static void require(boolean condition, String expected, @Nullable Object found) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "Expected " + expected + ", found " + found + ". Leave it out for the default.");
        }
    }

    /**
     * Limits the number of attempts.
     *
     * @param maxAttempts the number of attempts in all, at least 1
     * @param then what happens after the last one has failed
     */
    public static InvocationRetryPolicy maxAttempts(int maxAttempts, OnMaxAttempts then) {
        return new InvocationRetryPolicy(null, null, null, maxAttempts, then);
    }

    /**
     * This policy with another delay before the second attempt.
     *
     * @param interval not negative
     */
    public InvocationRetryPolicy withInitialInterval(Duration interval) {
        return new InvocationRetryPolicy(interval, exponentiationFactor, maxInterval, maxAttempts, onMaxAttempts);
    }

    /**
     * This policy with another factor by which delays grow.
     *
     * @param factor at least 1
     */
    public InvocationRetryPolicy withExponentiationFactor(double factor) {
        return new InvocationRetryPolicy(initialInterval, factor, maxInterval, maxAttempts, onMaxAttempts);
    }

    /**
     * This policy with another longest delay.
     *
     * @param interval not negative
     */
    public InvocationRetryPolicy withMaxInterval(Duration interval) {
        return new InvocationRetryPolicy(initialInterval, exponentiationFactor, interval, maxAttempts, onMaxAttempts);
    }
}
