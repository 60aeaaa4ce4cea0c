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

    /** A time or duration of 64 bits without sign, as messages have it: the last there is if it needs all of them. */
    public static long ofUnsigned(long millis) {
        return millis < 0 ? Long.MAX_VALUE : millis;
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
