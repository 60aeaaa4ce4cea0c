package dev.reprise.testkit.orders;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What an event changed and what it depended on: promises by their numbers, and names for the rest. Two events can be
 * swapped if neither changes anything that the other uses; it does not matter if both of them only count in the same
 * combinator.
 */
final class Footprint {
    /** Changed by commands: their order is part of the result. */
    static final Object JOURNAL = "journal";

    /** Changed by timers; whoever reads the clock depends on it. */
    static final Object TIME = "time";

    /** How many faults are left. */
    static final Object FAULTS = "faults";

    /** The memory that parts of the code share, if they share any. */
    static final Object MEMORY = "memory";

    private final Set<Object> made = new HashSet<>();
    private final Set<Object> changed = new HashSet<>();
    private final Set<Object> counted = new HashSet<>();
    private final Set<Object> read = new HashSet<>();
    private boolean everything;

    /** Something new that nobody could use before this event. */
    void made(Object thing) {
        made.add(thing);
    }

    void changed(Object thing) {
        if (!made.contains(thing)) {
            changed.add(thing);
        }
    }

    void counted(Object thing) {
        if (!made.contains(thing)) {
            counted.add(thing);
        }
    }

    void read(Object thing) {
        if (!made.contains(thing)) {
            read.add(thing);
        }
    }

    /** An event that cannot be swapped with any other. */
    void everything() {
        everything = true;
    }

    /** Whether both events lead to the same result in either order. */
    boolean commutesWith(Footprint other) {
        return !everything
                && !other.everything
                && Collections.disjoint(changed, other.changed)
                && Collections.disjoint(changed, other.counted)
                && Collections.disjoint(changed, other.read)
                && Collections.disjoint(counted, other.changed)
                && Collections.disjoint(read, other.changed);
    }
}
