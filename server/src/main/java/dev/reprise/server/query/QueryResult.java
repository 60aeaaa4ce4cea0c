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
 * The rows of a query's result, each computed on request. For one thread, except that {@link #cancel} is for any. Must
 * be closed.
 */
public final class QueryResult implements AutoCloseable {
    private final Plan plan;
    private final Enumerator<?> rows;
    private final QueryContext context;
    private final Runnable onSuccess;
    private boolean isEnded;

    /** @param onSuccess runs when all rows were read, and the plan serves this query no more */
    QueryResult(Plan plan, Enumerator<?> rows, QueryContext context, Runnable onSuccess) {
        this.plan = plan;
        this.rows = rows;
        this.context = context;
        this.onSuccess = onSuccess;
    }

    public List<Column> columns() {
        return plan.columns();
    }

    /**
     * The next row, with one value for each column, of the class given by its {@link ColumnType}; null after the last
     * row.
     *
     * @throws QueryException when the query fails at this row, or has reached one of its limits
     */
    public @Nullable Object @Nullable [] next() {
        @Nullable
        Object @Nullable [] row = QueryEngine.failing(() -> rows.moveNext() ? plan.values(rows.current()) : null);
        isEnded = row == null;
        return row;
    }

    /** How many rows have been read from tables so far. */
    public long rowsRead() {
        return context.rowsRead();
    }

    /** Makes {@link #next} end with an exception. Any thread. */
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
        if (isEnded) {
            isEnded = false;
            onSuccess.run();
        }
    }
}
