package dev.reprise.testkit.orders;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What an event changed and what it depended on: promises by their numbers, and what the rest is called. Two events can be swapped
 * if neither changes what the other has to do with; that two of them count in the same combinator does not matter.
 */
final class Footprint {
    /** What commands change: the order in which they are is part of what comes out. */
    static final Object JOURNAL = "journal";

    /** What timers change, and whoever looks at the clock depends on. */
    static final Object TIME = "time";

    /** How many faults are left. */
    static final Object FAULTS = "faults";

    /** What code has in common, if it has anything in common. */
    static final Object MEMORY = "memory";

    private final Set<Object> made = new HashSet<>();
    private final Set<Object> changed = new HashSet<>();
    private final Set<Object> counted = new HashSet<>();
    private final Set<Object> read = new HashSet<>();
    private boolean everything;

    /** It is nobody else's business before this event. */
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

    /** It cannot be swapped with anything. */
    void everything() {
        everything = true;
    }

    /** Whether both events lead to the same in either order. */
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
