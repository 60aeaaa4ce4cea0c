package dev.reprise.sdk.promise;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A promise has to be told that one of those it is made of has settled. In order: by instant; at one instant those made
 * of few layers before those made of many; then the older promise first; then in the order of arguments.
 *
 * @param instant when the promise sees it
 * @param node the promise to be told
 * @param index which of those it is made of
 * @param turn the one it is made of if that has not settled, but has its turn to do so, see {@link PromiseGraph}; else
 *     null
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

    /** The turn of a promise after everything else of an instant. */
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
