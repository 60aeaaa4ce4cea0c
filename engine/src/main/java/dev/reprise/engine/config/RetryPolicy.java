package dev.reprise.engine.config;

import dev.reprise.engine.registry.HandlerSettings.Retries;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.time.Millis;
import java.time.Duration;

/**
 * When to retry an invocation after a failed attempt. Attempts count from the time the invocation was allowed to run: a
 * suspension or a pause starts over.
 *
 * <p>Up to three tenths are added to each delay at random, as Restate does, so that invocations that failed together do
 * not come back together.
 *
 * @param initialInterval the delay before the second attempt, more than zero
 * @param factor by what the delay grows with each further attempt, at least 1
 * @param maxInterval the longest delay, more than zero
 * @param maxAttempts the most attempts, including the first; 0 for unlimited
 * @param onMaxAttempts what happens to an invocation whose last attempt failed
 */
public record RetryPolicy(
        Duration initialInterval,
        double factor,
        Duration maxInterval,
        int maxAttempts,
        RetryPolicyOnMaxAttempts onMaxAttempts) {
    /** Restate's default: from half a second, doubling, up to a minute; paused after 70 attempts. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofMillis(500), 2, Duration.ofMinutes(1), 70, RetryPolicyOnMaxAttempts.PAUSE);

    public RetryPolicy {
        if (!initialInterval.isPositive() || !maxInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "retry intervals must be more than zero, were " + initialInterval + " and " + maxInterval);
        }
        if (!(factor >= 1) || maxAttempts < 0) {
            throw new IllegalArgumentException("a retry policy's factor must be at least 1 and its attempts at least 0,"
                    + " were " + factor + " and " + maxAttempts);
        }
    }

    /** As this one, with other intervals. */
    public RetryPolicy withIntervals(Duration initial, Duration max) {
        return new RetryPolicy(initial, factor, max, maxAttempts, onMaxAttempts);
    }

    /** As this one, with another end. */
    public RetryPolicy withMaxAttempts(int attempts, RetryPolicyOnMaxAttempts then) {
        return new RetryPolicy(initialInterval, factor, maxInterval, attempts, then);
    }

    /** Whether the policy allows no attempt after so many failed ones. */
    public boolean isExhausted(int failedAttempts) {
        return maxAttempts > 0 && failedAttempts >= maxAttempts;
    }

    /** The least delay after so many failed attempts, at least one, in milliseconds. */
    public long delayMillis(int failedAttempts) {
        double grown = (double) Millis.of(initialInterval) * Math.pow(factor, failedAttempts - 1.0);
        return (long) Math.min((double) Millis.of(maxInterval), grown);
    }

    /** The handler's policy, completed by this one where it says nothing. */
    public RetryPolicy with(Retries handler) {
        Long attempts = handler.maxAttempts();
        return new RetryPolicy(
                handler.initialInterval() == null ? initialInterval : atLeastAMilli(handler.initialInterval()),
                handler.factor() == null ? factor : Math.max(1, handler.factor()),
                handler.maxInterval() == null ? maxInterval : atLeastAMilli(handler.maxInterval()),
                attempts == null ? maxAttempts : Math.clamp(attempts, 0, Integer.MAX_VALUE),
                handler.onMaxAttempts() == null ? onMaxAttempts : handler.onMaxAttempts());
    }

    private static Duration atLeastAMilli(Duration duration) {
        return duration.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : duration;
    }
}
