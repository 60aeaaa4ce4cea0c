package dev.reprise.simulator.world;

import dev.reprise.protocol.time.TimeSource;
import java.time.Instant;

/** The queue's time as shown by a clock that somebody sets forward and back. */
public final class SimulatedClock implements TimeSource {
    private static final long START_MILLIS =
            Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();

    private final EventQueue queue;
    private long aheadMillis;
    private long furthestMillis;

    SimulatedClock(EventQueue queue) {
        this.queue = queue;
    }

    public void jump(long millis) {
        aheadMillis += millis;
        furthestMillis = Math.max(furthestMillis, aheadMillis);
    }

    /** Sets it as far ahead as it ever was, so that nothing waits again for a time that was shown already. */
    void catchUp() {
        aheadMillis = furthestMillis;
    }

    @Override
    public long millis() {
        return START_MILLIS + aheadMillis + queue.nowMicros() / 1000;
    }

    @Override
    public long steadyMillis() {
        return queue.nowMicros() / 1000;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}
