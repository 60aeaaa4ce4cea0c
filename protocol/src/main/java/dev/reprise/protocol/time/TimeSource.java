package dev.reprise.protocol.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * What time it is, and how time passes. The wall clock is what people and journals see; somebody may set it, forward
 * and back. Delays, timeouts and durations are measured by {@link #steadyMillis}, which nobody sets. Any thread.
 */
public interface TimeSource extends InstantSource {
    /**
     * Milliseconds since some moment; they only grow, as time passes. Differences mean something, the number does not.
     */
    long steadyMillis();

    /** The system's wall clock and its monotonic one. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /**
     * What {@code source} is if it is a time source; the system's for the system's clock. Any other clock also measures
     * how time passes, as a clock does that a test moves.
     */
    static TimeSource of(InstantSource source) {
        return switch (source) {
            case TimeSource time -> time;
            case InstantSource wall when wall.equals(InstantSource.system()) -> system();
            case InstantSource moved -> new MovedTime(moved);
        };
    }

    /** The clocks of this machine. */
    enum SystemTime implements TimeSource {
        INSTANCE;

        private static final long BEGIN_NANOS = System.nanoTime();

        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long steadyMillis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - BEGIN_NANOS);
        }
    }

    /** A clock that is moved, and time with it. */
    record MovedTime(InstantSource clock) implements TimeSource {
        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public long millis() {
            return clock.millis();
        }

        @Override
        public long steadyMillis() {
            return clock.millis();
        }
    }
}
