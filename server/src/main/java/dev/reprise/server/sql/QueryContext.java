package dev.reprise.server.sql;

import com.google.common.collect.ImmutableMap;
import dev.reprise.server.sql.QueryException.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
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
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Map<String, Object> variables;
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
        rowsRead++;
        check();
    }

    /** How many rows were read from tables. */
    long rowsRead() {
        return rowsRead;
    }

    /** A row of about this size is kept on the heap until the query's end. */
    void buffer(long bytes) {
        check();
        bufferedBytes += bytes;
        if (bufferedBytes > limits.bufferedBytes()) {
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
