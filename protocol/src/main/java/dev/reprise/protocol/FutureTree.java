package dev.reprise.protocol;

import java.util.List;

/** What a handler awaits: leaves are notification ids, inner nodes say how their children combine. */
public sealed interface FutureTree {
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
        /** The first child to complete decides, as ECMAScript's {@code Promise.race}. */
        FIRST_COMPLETED,
        /** Every child must complete, as {@code Promise.allSettled}. */
        ALL_COMPLETED,
        /** The first success decides, or the last failure, as {@code Promise.any}. */
        FIRST_SUCCEEDED_OR_ALL_FAILED,
        /** The first failure decides, or the last success, as {@code Promise.all}. */
        ALL_SUCCEEDED_OR_FIRST_FAILED
    }
}
