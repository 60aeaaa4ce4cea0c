package dev.reprise.testkit.orders;

import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.sdk.explore.PromiseUses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects the footprint of the present event from what the handler does. Also the handler's clock, which timers move.
 */
final class FootprintCollector implements PromiseUses, InstantSource {
    private static final Object COMBINATIONS = "combinations";
    private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

    private final boolean sharedMemory;
    private final Map<Long, String> queues = new HashMap<>();
    private final Set<Integer> awakeables = new TreeSet<>();
    private Footprint footprint = new Footprint();
    private Instant now = BEGINNING;

    /** {@code sharedMemory}: whether parts of the handler's code may share memory. */
    FootprintCollector(boolean sharedMemory) {
        this.sharedMemory = sharedMemory;
    }

    /** Assigns everything from now on to this footprint. */
    void collect(Footprint into) {
        footprint = into;
    }

    /** The attempt is over; the promises of the next one have the same numbers. */
    void forgetPromises() {
        queues.clear();
    }

    /** The awakeables that the handler has made. */
    Set<Integer> awakeables() {
        return awakeables;
    }

    /** Code of the test itself is running: a closure, or the stub of a call. */
    void foreignCode() {
        if (sharedMemory) {
            footprint.changed(Footprint.MEMORY);
        }
    }

    /** Moves the clock to {@code millis} since the epoch, unless it is later already. */
    void passTo(long millis) {
        if (millis > now.toEpochMilli()) {
            now = Instant.ofEpochMilli(millis);
        }
    }

    @Override
    public Instant instant() {
        footprint.read(Footprint.TIME);
        return now;
    }

    @Override
    public void made(long promise, @Nullable NotificationId id) {
        footprint.made(promise);
        if (id == null) {
            // If two are told of something at once, the older one is told first.
            footprint.changed(COMBINATIONS);
        } else if (id instanceof SignalName(String name)) {
            queues.put(promise, "signal " + name);
        } else if (id instanceof SignalIndex(int index) && index >= SignalIndex.FIRST_AWAKEABLE) {
            awakeables.add(index);
        }
    }

    @Override
    public void read(long promise) {
        footprint.read(thing(promise));
    }

    @Override
    public void counted(long promise) {
        footprint.counted(thing(promise));
    }

    @Override
    public void changed(long promise) {
        if (promise != CODE) {
            footprint.changed(thing(promise));
        } else if (sharedMemory) {
            footprint.changed(Footprint.MEMORY);
        }
    }

    private Object thing(long promise) {
        String queue = queues.get(promise);
        return queue == null ? (Object) promise : queue;
    }
}
