package dev.reprise.sdk.explore;

import dev.reprise.protocol.NotificationId;
import org.jspecify.annotations.Nullable;

/**
 * Observes what an attempt does with its promises, for test kits that compare orders of notifications: two
 * notifications can be swapped if what one of them leads to changes nothing that the other uses. Promises are numbered
 * in the order of their creation.
 *
 * <p>Called on the threads of the attempt's tasks, one at a time.
 */
public interface PromiseUses {
    /** In place of a promise: the order in which failures arrived that may belong to nobody. */
    long FAILURES = -1;

    /** In place of a promise: the order in which functions ran that wait for somebody to await them. */
    long FUNCTIONS = -2;

    /** In place of a promise: everything that the handler's own code shares, because that code ran. */
    long CODE = -3;

    /** Ignores everything. */
    PromiseUses NONE = new PromiseUses() {};

    /** A promise was made; it waits for a notification if {@code id} is not null. */
    default void made(long promise, @Nullable NotificationId id) {}

    /** Something depends on whether a promise has settled, or whether its await is over. */
    default void read(long promise) {}

    /** A promise heard from one of its parts, and all that matters is how many parts it has heard from so far. */
    default void counted(long promise) {}

    /** A promise has changed. */
    default void changed(long promise) {}
}
