package dev.reprise.sdk.promise;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The news for a promise that one of its parts has settled. Ordered by instant; within an instant, promises made of few
 * layers come before those made of many, then the older promise comes first, then the order of arguments applies.
 *
 * @param instant when the promise hears it
 * @param node the promise that hears it
 * @param index the part's position among its arguments
 * @param turn the part, if it has not settled but has its turn to do so, see {@link PromiseGraph}; otherwise null
 */
record Arrival(
        long instant,
        PromiseNode<?> node,
        int index,
        @Nullable PromiseNode<?> turn) implements Comparable<Arrival> {
    private static final Comparator<Arrival> ORDER = Comparator.comparingLong(Arrival::instant)
            .thenComparingInt(Arrival::layer)
            .thenComparingLong(arrival -> arrival.node.serial())
            .thenComparingInt(Arrival::index);

    Arrival(long instant, PromiseNode<?> node, int index) {
        this(instant, node, index, null);
    }

    /** The turn of a promise, after everything else of an instant. */
    static Arrival lastTurn(long instant, PromiseNode<?> turn) {
        return new Arrival(instant, turn, 0, turn);
    }

    boolean isLastTurn() {
        return turn == node;
    }

    private int layer() {
        return isLastTurn() ? Integer.MAX_VALUE : node.height();
    }

    @Override
    public int compareTo(Arrival other) {
        return ORDER.compare(this, other);
    }
}
