package dev.reprise.protocol;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a handler awaits: leaves are notification ids, inner nodes say how their children combine. */
public sealed interface FutureTree {
    /** The deepest nesting of combinators. */
    int DEPTH_MAX = 500;

    /** How far a notification or a tree has come. */
    enum Progress {
        PENDING,
        SUCCEEDED,
        FAILED
    }

    /** How far this tree has come, given how far its leaves have. */
    default Progress progress(Function<NotificationId, Progress> ofLeaf) {
        return switch (this) {
            case Leaf(NotificationId id) -> ofLeaf.apply(id);
            case Combinator node -> node.combine(ofLeaf);
        };
    }

    /** Every notification that occurs in this tree, from left to right. */
    default void forEachLeaf(Consumer<NotificationId> visitor) {
        switch (this) {
            case Leaf(NotificationId id) -> visitor.accept(id);
            case Combinator node -> node.children().forEach(child -> child.forEachLeaf(visitor));
        }
    }

    /** One notification. */
    record Leaf(NotificationId id) implements FutureTree {}

    /** Several trees, combined. */
    record Combinator(Kind kind, List<FutureTree> children) implements FutureTree {
        public Combinator {
            children = List.copyOf(children);
        }

        private Progress combine(Function<NotificationId, Progress> ofLeaf) {
            int pending = 0;
            Progress last = Progress.PENDING;
            for (FutureTree child : children) {
                Progress progress = child.progress(ofLeaf);
                if (progress == Progress.PENDING) {
                    pending++;
                } else if (kind.isDecidedBy(progress)) {
                    return progress;
                } else {
                    last = progress;
                }
            }
            return pending > 0 || kind == Kind.FIRST_COMPLETED ? Progress.PENDING : atTheEnd(last);
        }

        private Progress atTheEnd(Progress last) {
            return switch (kind) {
                case ALL_COMPLETED, ALL_SUCCEEDED_OR_FIRST_FAILED -> Progress.SUCCEEDED;
                case FIRST_SUCCEEDED_OR_ALL_FAILED -> Progress.FAILED;
                case FIRST_COMPLETED -> last;
            };
        }
    }

    /** How the children of a {@link Combinator} decide it. */
    enum Kind {
        /** The first child to complete decides, as ECMAScript's {@code Promise.race}. */
        FIRST_COMPLETED,
        /** Every child must complete, as {@code Promise.allSettled}. */
        ALL_COMPLETED,
        /** The first success decides, or the last failure, as {@code Promise.any}. */
        FIRST_SUCCEEDED_OR_ALL_FAILED,
        /** The first failure decides, or the last success, as {@code Promise.all}. */
        ALL_SUCCEEDED_OR_FIRST_FAILED;

        /** Whether one child with this outcome decides the whole. */
        public boolean isDecidedBy(Progress outcome) {
            return switch (this) {
                case FIRST_COMPLETED -> true;
                case ALL_COMPLETED -> false;
                case FIRST_SUCCEEDED_OR_ALL_FAILED -> outcome == Progress.SUCCEEDED;
                case ALL_SUCCEEDED_OR_FIRST_FAILED -> outcome == Progress.FAILED;
            };
        }
    }
}
