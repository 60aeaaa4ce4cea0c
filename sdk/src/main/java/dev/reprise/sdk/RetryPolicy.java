package dev.reprise.sdk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run that fails is retried: after a delay that grows by a factor up to a maximum, until the attempts or the time
 * are used up. Then the run is rejected with a {@link TerminalException} (code 500) that carries the last failure's
 * message. The n-th retry comes after {@code initialDelay * factor^(n-1)}, at most {@code maxDelay}; up to three tenths
 * are added by chance, so that runs that failed together are not retried together.
 *
 * <p>While the handler has anything else under way, or the next execution is at most a second away, the run is
 * executed again within the attempt, and nothing else is disturbed. Otherwise the attempt ends, and the engine
 * starts the next one when the delay is over. A run with a bounded policy that has failed twice in an attempt does
 * not end it, but waits within it.
 *
 * <p>Each run is counted by itself, from its first execution, as long as the process lives that executes it; an
 * execution that was cut off counts too. After a restart, or when another process goes on, what the engine knows is
 * counted instead: how many attempts of the handler failed, and for how long, since one of them stored a command; of
 * the executions of one attempt it knows one. Setting the system clock changes neither delays nor durations.
 *
 * <p>Immutable: each {@code with…} gives a new value.
 *
 * @param initialDelay before the first retry; positive
 * @param factor from one delay to the next; at least 1
 * @param maxDelay the longest delay; null for no bound
 * @param maxAttempts executions, the first one included, from 1; null for no bound
 * @param maxDuration from the first execution on, see {@link #withMaxDuration}; null for no bound
 */
public record RetryPolicy(
        Duration initialDelay,
        double factor,
        @Nullable Duration maxDelay,
        @Nullable Integer maxAttempts,
        @Nullable Duration maxDuration) {

    public RetryPolicy {
        Durations.require("initialDelay", initialDelay);
        require(!initialDelay.isZero(), "initialDelay to be more than zero", initialDelay);
        require(factor >= 1, "factor to be at least 1", factor);
        if (maxDelay != null) {
            Durations.require("maxDelay", maxDelay);
        }
        require(maxAttempts == null || maxAttempts >= 1, "maxAttempts to be at least 1", maxAttempts);
        if (maxDuration != null) {
            Durations.require("maxDuration", maxDuration);
        }
    }

    /** Doubles the delay each time, without a bound. */
    public static RetryPolicy exponential(Duration initialDelay) {
        return new RetryPolicy(initialDelay, 2, null, null, null);
    }

    /** Always the same delay, without a bound on the attempts. */
    public static RetryPolicy fixed(Duration delay) {
        return new RetryPolicy(delay, 1, null, null, null);
    }

    /** Executes once: the first failure of any kind rejects the run. */
    public static RetryPolicy none() {
        return new RetryPolicy(Duration.ofMillis(1), 1, null, 1, null);
    }

    /** This, with another factor from one delay to the next; at least 1. */
    public RetryPolicy withFactor(double newFactor) {
        return new RetryPolicy(initialDelay, newFactor, maxDelay, maxAttempts, maxDuration);
    }

    /** This, with delays of at most {@code newMaxDelay}. */
    public RetryPolicy withMaxDelay(Duration newMaxDelay) {
        return new RetryPolicy(initialDelay, factor, newMaxDelay, maxAttempts, maxDuration);
    }

    /** This, with at most {@code newMaxAttempts} executions, the first one included. */
    public RetryPolicy withMaxAttempts(int newMaxAttempts) {
        return new RetryPolicy(initialDelay, factor, maxDelay, newMaxAttempts, maxDuration);
    }

    /**
     * This, with no retry of an execution that fails {@code newMaxDuration} after the first began, or later. The delay
     * does not count: what fails before is executed once more, even if that is after {@code newMaxDuration}. The
     * official SDKs count alike.
     */
    public RetryPolicy withMaxDuration(Duration newMaxDuration) {
        return new RetryPolicy(initialDelay, factor, maxDelay, maxAttempts, newMaxDuration);
    }

    /**
     * The delay before the next execution; empty if there is none.
     *
     * @param failedAttempts how many executions have failed, from 1
     * @param elapsed the time since the first of them began
     */
    public Optional<Duration> nextDelay(int failedAttempts, Duration elapsed) {
        if ((maxAttempts != null && failedAttempts >= maxAttempts)
                || (maxDuration != null && elapsed.compareTo(maxDuration) >= 0)) {
            return Optional.empty();
        }
        double grownMillis = initialDelay.toMillis() * Math.pow(factor, failedAttempts - 1);
        double boundMillis = maxDelay == null ? Long.MAX_VALUE : maxDelay.toMillis();
        return Optional.of(Duration.ofMillis((long) Math.min(grownMillis, boundMillis)));
    }

    private static void require(boolean condition, String expected, @Nullable Object found) {
        if (!condition) {
            throw new IllegalArgumentException("Expected " + expected + ", found " + found + ".");
        }
    }
}
