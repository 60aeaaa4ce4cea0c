package dev.reprise.sdk.promise;

import java.util.Comparator;

/**
 * A promise has to be told that one of those it is made of has settled. In order: by instant; at one instant those made of
 * few layers before those made of many; then the older promise first; then in the order of arguments.
 *
 * @param instant when the promise sees it
 * @param node the promise to be told
 * @param index which of those it is made of
 */
record Arrival(long instant, PromiseNode<?> node, int index) implements Comparable<Arrival> {
    private static final Comparator<Arrival> ORDER = Comparator.comparingLong(Arrival::instant)
            .thenComparingInt(arrival -> arrival.node.height())
            .thenComparingLong(arrival -> arrival.node.serial())
            .thenComparingInt(Arrival::index);

    @Override
    public int compareTo(Arrival other) {
        return ORDER.compare(this, other);
    }
}
