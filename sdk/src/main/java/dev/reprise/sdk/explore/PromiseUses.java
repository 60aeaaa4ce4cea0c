package dev.reprise.sdk.explore;

import dev.reprise.protocol.NotificationId;
import org.jspecify.annotations.Nullable;

/**
 * Told what an attempt does with its promises, for test kits that compare orders of notifications: two notifications
 * can be swapped where what the one leads to changes nothing that the other uses. Promises are numbers, in the order of
 * their making.
 *
 * <p>Called on the threads of the attempt's tasks, one at a time.
 */
public interface PromiseUses {
    /** In place of a promise: the order in which failures came that may be nobody's. */
    long FAILURES = -1;

    /** In place of a promise: the order in which functions run that wait for somebody to await them. */
    long FUNCTIONS = -2;

    /** In place of a promise: whatever the handler's own code has in common, for that code runs. */
    long CODE = -3;

    /** Ignores everything. */
    PromiseUses NONE = new PromiseUses() {};

    /** A promise was made, that waits for a notification if {@code id} is not null. */
    default void made(long promise, @Nullable NotificationId id) {}

    /** Something depends on whether a promise has settled, or on whether its await is over. */
    default void read(long promise) {}

    /** A promise was told of one it is made of, and all that counts is how many have told it so far. */
    default void counted(long promise) {}

    /** A promise has changed. */
    default void changed(long promise) {}
}
