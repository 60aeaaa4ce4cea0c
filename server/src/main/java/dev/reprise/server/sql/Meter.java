package dev.reprise.server.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.DataContext;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows that pass a place in a plan against what the query may use. Public, because the code that Calcite makes
 * for a plan calls it.
 */
public final class Meter {
    private static final long ROW_BYTES = 32;
    private static final long VALUE_BYTES = 24;
    private static final long TEXT_BYTES = 56;
    private static final long UNKNOWN_ROW_BYTES = 512;

    private Meter() {}

    /** Rows that go by and are not kept. */
    public static <T> Enumerable<T> passing(DataContext root, Enumerable<T> rows) {
        QueryContext query = (QueryContext) root;
        return metered(rows, _ -> query.check());
    }

    /** Rows that are all kept until the query's end. */
    public static <T> Enumerable<T> kept(DataContext root, Enumerable<T> rows) {
        QueryContext query = (QueryContext) root;
        return metered(rows, row -> query.buffer(bytes(row)));
    }

    /** Rows of which one is kept for each group. */
    public static <T> Enumerable<T> grouped(DataContext root, Enumerable<T> rows, int[] keys) {
        QueryContext query = (QueryContext) root;
        Set<Integer> groups = new HashSet<>();
        return metered(rows, row -> {
            if (groups.add(hash(row, keys))) {
                query.buffer(bytes(row));
            } else {
                query.check();
            }
        });
    }

    private static <T> Enumerable<T> metered(Enumerable<T> rows, Consumer<T> meter) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<T> enumerator() {
                return new Metered<>(rows.enumerator(), meter);
            }
        };
    }

    private static int hash(@Nullable Object row, int[] keys) {
        if (!(row instanceof Object[] values)) {
            return row == null || keys.length == 0 ? 0 : row.hashCode();
        }
        int hash = 1;
        for (int key : keys) {
            hash = 31 * hash + (values[key] == null ? 0 : values[key].hashCode());
        }
        return hash;
    }

    /** Roughly what a row takes on the heap. */
    static long bytes(@Nullable Object row) {
        if (!(row instanceof Object[] values)) {
            return ROW_BYTES + valueBytes(row);
        }
        long bytes = ROW_BYTES;
        for (Object value : values) {
            bytes += valueBytes(value);
        }
        return bytes;
    }

    private static long valueBytes(@Nullable Object value) {
        return switch (value) {
            case null -> Integer.BYTES;
            case String text -> TEXT_BYTES + text.length();
            case ByteString bytes -> TEXT_BYTES + bytes.length();
            case List<?> list -> TEXT_BYTES + list.size() * TEXT_BYTES;
            case Number _, Boolean _ -> VALUE_BYTES;
            default -> UNKNOWN_ROW_BYTES;
        };
    }

    private record Metered<T>(Enumerator<T> rows, Consumer<T> meter) implements Enumerator<T> {
        /** A scan yields rows without columns as empty arrays; the code that Calcite makes expects empty lists. */
        @Override
        @SuppressWarnings("unchecked")
        public T current() {
            T row = rows.current();
            return row instanceof Object[] values && values.length == 0 ? (T) FlatLists.COMPARABLE_EMPTY_LIST : row;
        }

        @Override
        public boolean moveNext() {
            if (!rows.moveNext()) {
                return false;
            }
            meter.accept(rows.current());
            return true;
        }

        @Override
        public void reset() {
            rows.reset();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
