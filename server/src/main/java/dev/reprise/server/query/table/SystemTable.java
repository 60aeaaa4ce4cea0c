package dev.reprise.server.query.table;

import dev.reprise.server.query.execution.Bounds;
import dev.reprise.server.query.execution.Meter;
import dev.reprise.server.query.execution.QueryContext;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.ProjectableFilterableTable;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/**
 * A table of what the engine knows. Its rows are read while the query runs, as many as it needs, and only the requested
 * columns of each row are computed. Any thread.
 *
 * @param <R> the source's element for each row
 */
public final class SystemTable<R> extends AbstractTable implements ProjectableFilterableTable {
    /** Yields the rows; the bounds may narrow what it reads. */
    interface Source<R> {
        Iterator<R> rows(Bounds bounds);
    }

    private final String name;
    private final double rowsExpected;
    private final List<TableColumn<R>> columns;
    private final List<String> columnNames;
    private final Source<R> source;
    private final Set<String> keys;
    private final ToLongFunction<R> payload;

    /**
     * A table.
     *
     * @param rowsExpected the approximate number of rows, for the choice between plans
     */
    SystemTable(String name, double rowsExpected, List<TableColumn<R>> columns, Source<R> source) {
        this(name, rowsExpected, columns, source, Set.of(), _ -> 0);
    }

    private SystemTable(
            String name,
            double rowsExpected,
            List<TableColumn<R>> columns,
            Source<R> source,
            Set<String> keys,
            ToLongFunction<R> payload) {
        this.name = name;
        this.rowsExpected = rowsExpected;
        this.columns = List.copyOf(columns);
        this.columnNames = columns.stream().map(TableColumn::name).toList();
        this.source = source;
        this.keys = keys;
        this.payload = payload;
    }

    /** The same, with a source that can read the rows for a few values of a column without reading the others. */
    SystemTable<R> lookedUpBy(String column) {
        return new SystemTable<>(name, rowsExpected, columns, source, Set.of(column), payload);
    }

    /** The same, with rows that have payloads; the function returns their size in bytes. */
    SystemTable<R> withPayload(ToLongFunction<R> payload) {
        return new SystemTable<>(name, rowsExpected, columns, source, keys, payload);
    }

    public boolean isLookedUpBy(String column) {
        return keys.contains(column);
    }

    public String name() {
        return name;
    }

    public List<TableColumn<R>> columns() {
        return columns;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
        RelDataTypeFactory.Builder row = types.builder();
        columns.forEach(column -> row.add(column.name(), column.type().in(types)));
        return row.build();
    }

    @Override
    public Statistic getStatistic() {
        return Statistics.of(rowsExpected, List.of());
    }

    @Override
    public Schema.TableType getJdbcTableType() {
        return Schema.TableType.SYSTEM_TABLE;
    }

    @Override
    public Enumerable<@Nullable Object[]> scan(DataContext root, List<RexNode> filters, int @Nullable [] projects) {
        if (!(root instanceof QueryContext query)) {
            throw new IllegalArgumentException("expected the context of a query, found " + root);
        }
        RexBuilder builder = new RexBuilder(query.getTypeFactory());
        Bounds bounds = query.bounds(Bounds.of(filters, columnNames, builder));
        // The remaining filters are compiled, and a long list of ids is too long for that.
        filters.removeIf(filter -> Bounds.sayAllOf(filter, builder));
        int[] chosen =
                projects != null ? projects : IntStream.range(0, columns.size()).toArray();
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return new Rows(query, bounds, chosen);
            }
        };
    }

    private @Nullable Object[] values(R row, int[] chosen) {
        @Nullable Object[] values = new @Nullable Object[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            values[i] = columns.get(chosen[i]).value().apply(row);
        }
        return values;
    }

    /** One pass over the table. */
    private final class Rows implements Enumerator<@Nullable Object[]> {
        private final QueryContext query;
        private final Bounds bounds;
        private final int[] chosen;
        private final List<TableColumn<R>> bounded;
        private final long growth;
        private Iterator<R> rows;
        private long held;
        private @Nullable Object @Nullable [] current;

        private Rows(QueryContext query, Bounds bounds, int[] chosen) {
            this.query = query;
            this.bounds = bounds;
            this.chosen = chosen;
            this.bounded = columns.stream()
                    .filter(column -> bounds.concern(column.name()))
                    .toList();
            this.growth = Arrays.stream(chosen)
                    .mapToLong(place -> columns.get(place).growth())
                    .sum();
            this.rows = source.rows(bounds);
        }

        @Override
        public boolean moveNext() {
            while (rows.hasNext()) {
                query.read();
                R row = rows.next();
                long bytes = payload.applyAsLong(row);
                holdUpTo(bytes);
                if (isWithinBounds(row)) {
                    current = made(row, growth * bytes);
                    return true;
                }
            }
            holdUpTo(0);
            return false;
        }

        /** Another row that is read ahead may be as large as the largest so far. */
        private void holdUpTo(long bytes) {
            long wanted = bytes == 0 ? 0 : Math.max(held, bytes - Meter.FREE_BYTES);
            if (wanted != held) {
                query.hold(wanted - held);
                held = wanted;
            }
        }

        /** There must be room for the values before they are computed; the meter downstream counts what they take. */
        private @Nullable Object[] made(R row, long bytes) {
            if (bytes <= Meter.FREE_BYTES) {
                return values(row, chosen);
            }
            query.hold(bytes);
            try {
                return values(row, chosen);
            } finally {
                query.hold(-bytes);
            }
        }

        /** Most rows are rejected by a column or two; their other values are never computed. */
        private boolean isWithinBounds(R row) {
            for (TableColumn<R> column : bounded) {
                if (!bounds.allow(column.name(), (String) column.value().apply(row))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public @Nullable Object[] current() {
            if (current == null) {
                throw new IllegalStateException("there is no row before the first moveNext()");
            }
            return current;
        }

        @Override
        public void reset() {
            rows = source.rows(bounds);
        }

        @Override
        public void close() {
            holdUpTo(0);
        }
    }
}
