package dev.reprise.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a handler awaits: leaves are notification ids, inner nodes say how their children combine. Conceptually a node's
 * children are a set: a child that occurs twice changes nothing.
 */
public sealed interface FutureTree {
    /**
     * The deepest nesting of combinators a peer may send; the same bound as Restate's. A lone leaf and a combinator of
     * leaves have depth 0. Reading and evaluating a tree of any depth needs no call stack; encoding is bounded by this.
     */
    int DEPTH_MAX = 1000;

    /** How far a notification or a tree has come. What is not pending never changes again. */
    enum Progress {
        PENDING,
        SUCCEEDED,
        FAILED,
        /** No longer pending; whether it succeeded or failed only the handler's code can tell. */
        COMPLETED
    }

    /**
     * How far this tree has come, given how far its leaves have.
     *
     * <p>Never answers {@code PENDING} for a tree on which the handler can go on. It may answer {@code COMPLETED} too
     * early: the handler then looks and waits again. That is so where the outcome of a child decides, and this outcome
     * depends on the handler's code ({@link Kind#UNKNOWN}), or on which of several leaves came first.
     */
    default Progress progress(Function<NotificationId, Progress> ofLeaf) {
        return TreeEvaluation.of(this, ofLeaf);
    }

    /** Whether the handler can make progress; see {@link #progress}. */
    default boolean isResolvedBy(Function<NotificationId, Progress> ofLeaf) {
        return progress(ofLeaf) != Progress.PENDING;
    }

    /** Whether this is a node without children. It cannot be sent: the peer would refuse it. */
    default boolean isEmpty() {
        return this instanceof Combinator node && node.children().isEmpty();
    }

    /** Every notification that occurs in this tree, from left to right. */
    default void forEachLeaf(Consumer<NotificationId> visitor) {
        TreeEvaluation.forEachLeaf(this, visitor);
    }

    /** The deepest nesting of combinators, 0 for a leaf or a combinator of leaves. */
    default int depth() {
        return TreeEvaluation.depthOf(this);
    }

    /** A tree of one notification. */
    static FutureTree of(NotificationId id) {
        return new Leaf(id);
    }

    /** The first child to complete decides. */
    static FutureTree race(List<? extends FutureTree> children) {
        return new Combinator(Kind.FIRST_COMPLETED, List.copyOf(children));
    }

    /** Every child must complete. */
    static FutureTree allSettled(List<? extends FutureTree> children) {
        return new Combinator(Kind.ALL_COMPLETED, List.copyOf(children));
    }

    /** The first success decides, or that all failed. */
    static FutureTree any(List<? extends FutureTree> children) {
        return new Combinator(Kind.FIRST_SUCCEEDED_OR_ALL_FAILED, List.copyOf(children));
    }

    /** The first failure decides, or that all succeeded. */
    static FutureTree all(List<? extends FutureTree> children) {
        return new Combinator(Kind.ALL_SUCCEEDED_OR_FIRST_FAILED, List.copyOf(children));
    }

    /** The first child to complete wakes the handler's code, which alone knows what it means. */
    static FutureTree unknown(List<? extends FutureTree> children) {
        return new Combinator(Kind.UNKNOWN, List.copyOf(children));
    }

    /** One notification. */
    record Leaf(NotificationId id) implements FutureTree {}

    /** Several trees, combined. */
    record Combinator(Kind kind, List<FutureTree> children) implements FutureTree {
        public Combinator {
            children = List.copyOf(children);
        }
    }

    /** How the children of a {@link Combinator} decide it. */
    enum Kind {
        /**
         * The first child to complete decides, as ECMAScript's {@code Promise.race}. Pending for ever without children.
         */
        FIRST_COMPLETED(1),
        /** Every child must complete, as {@code Promise.allSettled}. */
        ALL_COMPLETED(2),
        /** The first success decides, or the last failure, as {@code Promise.any}. */
        FIRST_SUCCEEDED_OR_ALL_FAILED(3),
        /** The first failure decides, or the last success, as {@code Promise.all}. */
        ALL_SUCCEEDED_OR_FIRST_FAILED(4),
        /** The first child to complete wakes the handler, whose code decides, as after a {@code map}. */
        UNKNOWN(0);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The number of the protocol's {@code CombinatorType}. */
        public int code() {
            return code;
        }

        /** The kind with this number; empty for an unknown one. */
        public static Optional<Kind> ofCode(int code) {
            return switch (code) {
                case 0 -> Optional.of(UNKNOWN);
                case 1 -> Optional.of(FIRST_COMPLETED);
                case 2 -> Optional.of(ALL_COMPLETED);
                case 3 -> Optional.of(FIRST_SUCCEEDED_OR_ALL_FAILED);
                case 4 -> Optional.of(ALL_SUCCEEDED_OR_FIRST_FAILED);
                default -> Optional.empty();
            };
        }
    }
}
