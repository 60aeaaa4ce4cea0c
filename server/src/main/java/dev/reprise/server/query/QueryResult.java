package dev.reprise.server.query;

import dev.reprise.server.query.execution.Plan;
import dev.reprise.server.query.execution.QueryContext;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.output.Column;
import dev.reprise.server.query.output.ColumnType;
import java.util.List;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * The rows that answer a query; they are computed as they are asked for. One thread, but {@link #cancel} is for any.
 * Must be closed.
 */
public final class QueryResult implements AutoCloseable {
    private final Plan plan;
    private final Enumerator<?> rows;
    private final QueryContext context;

    QueryResult(Plan plan, Enumerator<?> rows, QueryContext context) {
        this.plan = plan;
        this.rows = rows;
        this.context = context;
    }

    public List<Column> columns() {
        return plan.columns();
    }

    /**
     * The next row, a value for each column, of the class that its {@link ColumnType} says; null behind the last.
     *
     * @throws QueryException when the query fails at this row, or has used what it may
     */
    public @Nullable Object @Nullable [] next() {
        return QueryEngine.failing(() -> rows.moveNext() ? plan.values(rows.current()) : null);
    }

    /** How many rows were read from tables until now. */
    public long rowsRead() {
        return context.rowsRead();
    }

    /** Lets {@link #next} end with an exception. Any thread. */
    public void cancel() {
        context.cancel();
    }

    @Override
    public void close() {
        try {
            rows.close();
        } finally {
            context.end();
        }
    }
}
