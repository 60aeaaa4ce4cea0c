package dev.reprise.protocol.time;

import java.time.Duration;

/** Durations and times in milliseconds of 64 bits. What is too long to be counted lasts as long as can be. */
public final class Millis {
    private Millis() {}

    /** A duration, in whole milliseconds. */
    public static long of(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The time so long after another; the last there is if that is later. */
    public static long after(long millis, Duration duration) {
        return after(millis, of(duration));
    }

    /** The time so long after another; the last there is if that is later. */
    public static long after(long millis, long durationMillis) {
        try {
            return Math.addExact(millis, durationMillis);
        } catch (ArithmeticException tooLate) {
            return durationMillis < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
