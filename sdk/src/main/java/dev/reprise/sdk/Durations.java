package dev.reprise.sdk;

import java.time.Duration;
import java.util.Objects;

/** What durations the protocol can count: from zero, in milliseconds of 64 bits. */
final class Durations {
    private static final Duration MAX = Duration.ofMillis(Long.MAX_VALUE);

    private Durations() {}

    /**
     * {@code duration}, if it can be counted.
     *
     * @param what its name, for the message
     * @throws IllegalArgumentException when it is negative or too long
     */
    static Duration require(String what, Duration duration) {
        Objects.requireNonNull(duration, what);
        if (duration.isNegative() || duration.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "Expected " + what + " to be between zero and " + MAX + ", found " + duration + ".");
        }
        return duration;
    }
}
