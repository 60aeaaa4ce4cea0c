package dev.reprise.server.query.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows that pass a point in a plan against the query's limits. Public, because the code that Calcite
 * generates for a plan calls it.
 */
public final class Meter {
    /** How much a point may hold without being counted: rows of the usual size that pass one after the other. */
    public static final long FREE_BYTES = 16 << 10;

    private static final long ROW_BYTES = 32;
    private static final long VALUE_BYTES = 24;
    private static final long TEXT_BYTES = 56;
    private static final long UNKNOWN_VALUE_BYTES = 512;
    private static final long GROUP_BYTES = 128;

    private Meter() {}

    /** Rows that pass and are not kept. */
    public static <T> Enumerable<T> passing(DataContext root, Enumerable<T> rows) {
        return new Metered<>((QueryContext) root, rows, () -> _ -> 0, Span.NONE);
    }

    /** Rows with some values that were computed here, which live until the next row comes. */
    public static <T> Enumerable<T> made(DataContext root, Enumerable<T> rows, int[] places) {
        return new Metered<>(
                (QueryContext) root, rows, () -> row -> Math.max(0, bytes(row, places) - FREE_BYTES), Span.ROW);
    }

    /** Rows that are all kept until the end of the query. */
    public static <T> Enumerable<T> kept(DataContext root, Enumerable<T> rows) {
        return new Metered<>((QueryContext) root, rows, Kept::new, Span.PASS);
    }

    /** Rows of which this many are kept, no matter which. */
    public static <T> Enumerable<T> few(DataContext root, Enumerable<T> rows, int count) {
        return new Metered<>((QueryContext) root, rows, () -> new Few(count), Span.PASS);
    }

    /** Rows of which one is kept for each group, in each of this many groupings. */
    public static <T> Enumerable<T> grouped(DataContext root, Enumerable<T> rows, int[] keys, int groupings) {
        return new Metered<>((QueryContext) root, rows, () -> new Grouped(keys, groupings), Span.PASS);
    }

    /** How long a point holds what it counts. */
    private enum Span {
        /** It counts nothing. */
        NONE,
        /** Until the next row. */
        ROW,
        /** Until the rows are enumerated again. */
        PASS
    }

    /** Counts what a point holds during one enumeration. */
    private interface Tally {
        /** What is held once this row has come as well. */
        long with(@Nullable Object row);
    }

    private static final class Kept implements Tally {
        private long bytes;

        @Override
        public long with(@Nullable Object row) {
            bytes += bytes(row);
            return bytes;
        }
    }

    /** The kept rows may be the largest ones. */
    private static final class Few implements Tally {
        private final int count;
        private final PriorityQueue<Long> largest = new PriorityQueue<>();
        private long bytes;

        private Few(int count) {
            this.count = count;
        }

        @Override
        public long with(@Nullable Object row) {
            long added = bytes(row);
            largest.add(added);
            bytes += added;
            if (largest.size() > count) {
                bytes -= largest.remove();
            }
            return Math.max(0, bytes - FREE_BYTES);
        }
    }

    /** A group's largest row stands for what its aggregates keep. */
    private static final class Grouped implements Tally {
        private final int[] keys;
        private final int groupings;
        private final Map<List<@Nullable Object>, Long> groups = new HashMap<>();
        private long bytes;

        private Grouped(int[] keys, int groupings) {
            this.keys = keys;
            this.groupings = groupings;
        }

        @Override
        public long with(@Nullable Object row) {
            long size = bytes(row);
            List<@Nullable Object> key = key(row);
            Long largest = groups.get(key);
            if (largest == null || size > largest) {
                groups.put(key, size);
                bytes += groupings * (largest == null ? size + GROUP_BYTES : size - largest);
            }
            return bytes;
        }

        private List<@Nullable Object> key(@Nullable Object row) {
            if (keys.length == 0) {
                return List.of();
            }
            if (!(row instanceof Object[] values)) {
                return Arrays.asList(row);
            }
            List<@Nullable Object> key = new ArrayList<>(keys.length);
            for (int place : keys) {
                key.add(values[place]);
            }
            return key;
        }
    }

    /** The approximate size of a row on the heap. */
    public static long bytes(@Nullable Object row) {
        if (!(row instanceof Object[] values)) {
            return ROW_BYTES + valueBytes(row);
        }
        long bytes = ROW_BYTES;
        for (Object value : values) {
            bytes += valueBytes(value);
        }
        return bytes;
    }

    /** The size of some of a row's values; a row of one column is just its value. */
    private static long bytes(@Nullable Object row, int[] places) {
        if (!(row instanceof Object[] values)) {
            return valueBytes(row);
        }
        long bytes = 0;
        for (int place : places) {
            bytes += valueBytes(values[place]);
        }
        return bytes;
    }

    /** The approximate size of a value on the heap. */
    public static long valueBytes(@Nullable Object value) {
        return switch (value) {
            case null -> Integer.BYTES;
            case String text -> TEXT_BYTES + text.length();
            case ByteString bytes -> TEXT_BYTES + bytes.length();
            case List<?> list -> {
                long bytes = TEXT_BYTES;
                for (Object element : list) {
                    bytes += Long.BYTES + valueBytes(element);
                }
                yield bytes;
            }
            case Number _, Boolean _ -> VALUE_BYTES;
            default -> UNKNOWN_VALUE_BYTES;
        };
    }

    /** A point in a plan. When a pass over the rows begins, it gives back what it held during the one before. */
    private static final class Metered<T> extends AbstractEnumerable<T> {
        private final QueryContext query;
        private final Enumerable<T> rows;
        private final Supplier<Tally> tallies;
        private final Span span;
        private long held;

        private Metered(QueryContext query, Enumerable<T> rows, Supplier<Tally> tallies, Span span) {
            this.query = query;
            this.rows = rows;
            this.tallies = tallies;
            this.span = span;
        }

        @Override
        public Enumerator<T> enumerator() {
            hold(0);
            return new MeteredRows<>(this, rows.enumerator(), tallies.get());
        }

        private void hold(long bytes) {
            if (bytes != held) {
                query.hold(bytes - held);
                held = bytes;
            }
        }
    }

    private static final class MeteredRows<T> implements Enumerator<T> {
        private final Metered<T> place;
        private final Enumerator<T> rows;
        private final Tally tally;
        private @Nullable T current;

        private MeteredRows(Metered<T> place, Enumerator<T> rows, Tally tally) {
            this.place = place;
            this.rows = rows;
            this.tally = tally;
        }

        @Override
        @SuppressWarnings("NullAway") // a row of one column may be null
        public T current() {
            return current;
        }

        @Override
        public boolean moveNext() {
            current = null;
            if (place.span == Span.ROW) {
                place.hold(0);
            }
            if (!rows.moveNext()) {
                return false;
            }
            place.query.check();
            current = row(rows.current());
            long held = tally.with(current);
            if (place.span == Span.PASS && place.rows instanceof Metered<?> below && below.span == Span.ROW) {
                // From here on, what was made there is counted here.
                below.hold(0);
            }
            place.hold(held);
            return true;
        }

        /**
         * A scan yields rows without columns as empty arrays, but the code that Calcite generates expects empty lists.
         */
        @SuppressWarnings("unchecked")
        private static <T> T row(T row) {
            return row instanceof Object[] values && values.length == 0 ? (T) FlatLists.COMPARABLE_EMPTY_LIST : row;
        }

        @Override
        public void reset() {
            rows.reset();
        }

        @Override
        public void close() {
            rows.close();
            if (place.span == Span.ROW) {
                place.hold(0);
            }
        }
    }
}
