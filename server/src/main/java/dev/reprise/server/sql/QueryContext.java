package dev.reprise.server.sql;

import com.google.common.collect.ImmutableMap;
import dev.reprise.server.sql.Batches.Turn;
import dev.reprise.server.sql.QueryException.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * One run of a query: what its plan may ask for, and what it has used of its {@link QueryLimits}. {@link #cancel} is for
 * any thread, the rest for the one that runs the query.
 */
final class QueryContext implements DataContext {
    private final SchemaPlus schema;
    private final JavaTypeFactory types;
    private final QueryLimits limits;
    private final long startNanos;
    private final AtomicBoolean cancelled;
    private final Map<String, Object> variables;
    private final @Nullable QueryContext outer;
    private final @Nullable Turn turn;
    private long bufferedBytes;
    private long rowsRead;

    /**
     * A run that begins now.
     *
     * @param constants what the plan asks for by names of its own
     */
    QueryContext(
            SchemaPlus schema,
            JavaTypeFactory types,
            QueryLimits limits,
            long nowMillis,
            Map<String, Object> constants) {
        this.schema = schema;
        this.types = types;
        this.limits = limits;
        this.startNanos = System.nanoTime();
        this.cancelled = new AtomicBoolean();
        this.outer = null;
        this.turn = null;
        this.variables = ImmutableMap.<String, Object>builder()
                .putAll(constants)
                .put(Variable.UTC_TIMESTAMP.camelName, nowMillis)
                .put(Variable.CURRENT_TIMESTAMP.camelName, nowMillis)
                .put(Variable.LOCAL_TIMESTAMP.camelName, nowMillis)
                .put(Variable.TIME_ZONE.camelName, TimeZone.getTimeZone("UTC"))
                .put(Variable.LOCALE.camelName, Locale.ROOT)
                .put(Variable.CANCEL_FLAG.camelName, cancelled)
                .put(Variable.USER.camelName, "restate")
                .put(Variable.SYSTEM_USER.camelName, "restate")
                .build();
    }

    private QueryContext(QueryContext outer, Turn turn) {
        this.schema = outer.schema;
        this.types = outer.types;
        this.limits = outer.limits;
        this.startNanos = outer.startNanos;
        this.cancelled = outer.cancelled;
        this.variables = outer.variables;
        this.outer = outer;
        this.turn = turn;
    }

    /** The same run in a turn of a join: what is kept in it is kept until its end. */
    QueryContext inTurn(Turn turn) {
        return new QueryContext(this, turn);
    }

    /** The turn of a join that this is of. */
    Turn turn() {
        return Objects.requireNonNull(turn, "the context is of no turn of a join");
    }

    /** What a filter of a table says, and what the turn of a join does. */
    Bounds bounds(Bounds ofFilter) {
        return turn == null ? ofFilter : ofFilter.and(turn.rightColumn(), turn.keys());
    }

    /** Lets the query end with an exception at its next row. */
    void cancel() {
        cancelled.set(true);
    }

    /** Ends the query if it was cancelled or has run for too long. */
    void check() {
        if (cancelled.get()) {
            throw new QueryException(Reason.CLOSED, "the query was cancelled");
        }
        if (System.nanoTime() - startNanos > limits.time().toNanos()) {
            throw new QueryException(
                    Reason.LIMIT,
                    "the query ran for longer than " + text(limits.time())
                            + "; ask for fewer rows, or filter by id, service and key, or status");
        }
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** A row was read from a table. */
    void read() {
        for (QueryContext context = this; context != null; context = context.outer) {
            context.rowsRead++;
        }
        check();
    }

    /** How many rows were read from tables. */
    long rowsRead() {
        return rowsRead;
    }

    /** A row of about this size is kept on the heap until the end of the query, or of the turn. */
    void buffer(long bytes) {
        check();
        bufferedBytes += bytes;
        long all = 0;
        for (QueryContext context = this; context != null; context = context.outer) {
            all += context.bufferedBytes;
        }
        if (all > limits.bufferedBytes()) {
            throw new QueryException(
                    Reason.LIMIT,
                    "the query must sort, join or group more than " + limits.bufferedBytes()
                            + " bytes of rows; ask for fewer rows or columns, or add a LIMIT to the ORDER BY");
        }
    }

    @Override
    public SchemaPlus getRootSchema() {
        return schema;
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
        return types;
    }

    @Override
    public QueryProvider getQueryProvider() {
        throw new UnsupportedOperationException("no plan needs a query provider");
    }

    @Override
    public @Nullable Object get(String name) {
        return variables.get(name);
    }
}
