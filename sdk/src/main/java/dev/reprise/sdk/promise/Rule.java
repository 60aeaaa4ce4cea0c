package dev.reprise.sdk.promise;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import org.jspecify.annotations.Nullable;

/** How a promise is decided by its parts. Holds the state of one promise. */
sealed interface Rule<T extends @Nullable Object> {
    /** A rule that waits for a notification and has no parts. */
    record Single<T extends @Nullable Object>(NotificationId id, Decoder<T> decoder) implements Rule<T> {}

    /** A rule that waits for a branch. */
    record OfTask<T extends @Nullable Object>(Task task) implements Rule<T> {}

    /** A rule that is settled from the beginning. */
    record Constant<T extends @Nullable Object>() implements Rule<T> {}

    /** A rule that combines parts. */
    non-sealed interface Combining<T extends @Nullable Object> extends Rule<T> {
        /** The outcome before any part has settled; null if it depends on them. */
        default @Nullable Outcome<T> atFirst(PromiseNode<T> self) {
            return null;
        }

        /**
         * The outcome after one more part has settled; null if it is still open. Not asked again after it has returned
         * one, nor about broken promises unless it says so.
         *
         * @param self the promise this rule decides
         * @param index which part settled; each settles once
         * @param child that part
         */
        @Nullable
        Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child);

        /** How the engine combines the parts that have not settled. */
        FutureTree.Kind kind();

        /** Its name for people if the kind is not enough; otherwise empty. */
        default String label() {
            return "";
        }

        /**
         * Whether a broken part breaks this promise. If not, {@link #afterSettling} is asked about broken parts too.
         */
        default boolean isBrokenByOthers() {
            return true;
        }

        /**
         * Whether the next part to settle cannot decide it by being the last one, and the order of those that have
         * settled does not matter.
         */
        default boolean counts() {
            return false;
        }

        /** Whether it runs a user's function, which must wait until the promise is awaited. */
        default boolean runsFunction() {
            return false;
        }
    }
}
