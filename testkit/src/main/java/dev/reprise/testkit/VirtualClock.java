package dev.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time of a test's engine. It stands still until the test moves it, or until the test waits for an answer that only
 * time can bring: then the next timer fires at once. Any thread.
 */
public final class VirtualClock implements InstantSource {
    private final AtomicLong nowMillis;
    private volatile Timekeeper timekeeper = Timekeeper.NONE;

    VirtualClock(Instant start) {
        nowMillis = new AtomicLong(start.toEpochMilli());
    }

    /** The engine's time, in whole milliseconds; a test begins at 2030-01-01T00:00:00Z. */
    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMillis.get());
    }

    /**
     * Lets time pass. Whatever falls due fires in order; returns when nothing happens any more at the new time.
     *
     * @param duration not negative; counted in milliseconds
     * @throws IllegalArgumentException when it is negative
     * @throws IllegalStateException outside of a test, and when a handler is still running after a minute of the
     *     machine's time, unless a debugger may have stopped it
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Expected a duration that is not negative, found " + duration
                    + ". Time does not go back, and neither do journals.");
        }
        timekeeper.advanceTo(nowMillis.get() + duration.toMillis());
    }

    void keptBy(Timekeeper keeper) {
        timekeeper = keeper;
    }

    void set(long millis) {
        nowMillis.accumulateAndGet(millis, Math::max);
    }
}
