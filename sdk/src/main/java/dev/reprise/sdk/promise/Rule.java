package dev.reprise.sdk.promise;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import org.jspecify.annotations.Nullable;

/** How a promise is decided by the promises it is made of. Has the state of one promise. */
sealed interface Rule<T extends @Nullable Object> {
    /** A rule that waits for a notification and is made of nothing. */
    record Single<T extends @Nullable Object>(NotificationId id, Decoder<T> decoder) implements Rule<T> {}

    /** A rule that waits for a branch. */
    record OfTask<T extends @Nullable Object>(Task task) implements Rule<T> {}

    /** A rule that was settled from the beginning. */
    record Constant<T extends @Nullable Object>() implements Rule<T> {}

    /** A rule that combines others. */
    non-sealed interface Combining<T extends @Nullable Object> extends Rule<T> {
        /** The outcome before any of the others has settled; null if it depends on them. */
        default @Nullable Outcome<T> atFirst(PromiseNode<T> self) {
            return null;
        }

        /**
         * The outcome after one more of the others has settled; null if it is still open. Not asked again after it has
         * given one, and not about promises that are broken
         * unless it says so.
         *
         * @param self the promise this rule decides
         * @param index which of the others settled, each once
         * @param child that promise
         */
        @Nullable
        Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child);

        /** How the engine combines those that have not settled. */
        FutureTree.Kind kind();

        /** What people call it where the kind does not say all; else empty. */
        default String label() {
            return "";
        }

        /** Whether a broken promise breaks this one. If not, {@link #afterSettling} is asked about it too. */
        default boolean isBrokenByOthers() {
            return true;
        }

        /**
         * Whether the next one to settle cannot make it settle by being the last, and the order of those that have is
         * nothing.
         */
        default boolean counts() {
            return false;
        }

        /** Whether it runs a function of the user's, which must wait until it is awaited. */
        default boolean runsFunction() {
            return false;
        }
    }
}
