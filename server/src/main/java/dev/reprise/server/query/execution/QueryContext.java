package dev.reprise.server.query.execution;

import com.google.common.collect.ImmutableMap;
import dev.reprise.server.query.execution.Batches.Turn;
import dev.reprise.server.query.execution.QueryException.Reason;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * One run of a query: the values that its plan may request, and how much of its {@link QueryLimits} it has used. {@link
 * #cancel} is for any thread, the rest for the one that runs the query.
 */
public final class QueryContext implements DataContext {
    private static final int PATTERNS_MAX = 64;

    private final SchemaPlus schema;
    private final JavaTypeFactory types;
    private final QueryWatch watch;
    private final Map<String, Object> variables;
    private final @Nullable QueryContext outer;
    private final @Nullable Turn turn;
    private final QueryMemory memory;
    private final long valueBytesMax;
    private final Map<String, Pattern> patterns = new HashMap<>();
    private final Map<String, LikePattern> likePatterns = new HashMap<>();
    private long heldBytes;
    /** Including what is held in turns; counted in the outermost context. */
    private long allBytes;

    private long rowsRead;

    /**
     * A run of a plan that begins now.
     *
     * @param memory the memory from which all queries draw
     */
    public QueryContext(
            SchemaPlus schema, JavaTypeFactory types, QueryWatch watch, QueryMemory memory, long nowMillis, Plan plan) {
        this.schema = schema;
        this.types = types;
        this.watch = watch;
        this.outer = null;
        this.turn = null;
        this.memory = memory;
        this.valueBytesMax = watch.limits().valueBytesMax(plan.calls());
        this.variables = ImmutableMap.<String, Object>builder()
                .putAll(plan.constants())
                .put(Variable.UTC_TIMESTAMP.camelName, nowMillis)
                .put(Variable.CURRENT_TIMESTAMP.camelName, nowMillis)
                .put(Variable.LOCAL_TIMESTAMP.camelName, nowMillis)
                .put(Variable.TIME_ZONE.camelName, TimeZone.getTimeZone("UTC"))
                .put(Variable.LOCALE.camelName, Locale.ROOT)
                .put(Variable.CANCEL_FLAG.camelName, watch.cancelled())
                .put(Variable.USER.camelName, "restate")
                .put(Variable.SYSTEM_USER.camelName, "restate")
                .build();
    }

    private QueryContext(QueryContext outer, Turn turn) {
        this.schema = outer.schema;
        this.types = outer.types;
        this.watch = outer.watch;
        this.variables = outer.variables;
        this.outer = outer;
        this.turn = turn;
        this.memory = outer.memory;
        this.valueBytesMax = outer.valueBytesMax;
    }

    /** The same run during a turn of a join: what the turn keeps is released at its end. */
    public QueryContext inTurn(Turn turn) {
        return new QueryContext(this, turn);
    }

    /** The turn of a join that this context belongs to. */
    public Turn turn() {
        return Objects.requireNonNull(turn, "the context is of no turn of a join");
    }

    /** What a filter of a table says, and what the turn of a join adds to it. */
    public Bounds bounds(Bounds ofFilter) {
        return turn == null ? ofFilter : ofFilter.and(turn.rightColumn(), turn.keys());
    }

    /** Makes the query end with an exception at its next row. */
    public void cancel() {
        watch.cancel();
    }

    /** Ends the query if it was cancelled or has run for too long. */
    public void check() {
        watch.check();
    }

    /** A row was read from a table. */
    public void read() {
        for (QueryContext context = this; context != null; context = context.outer) {
            context.rowsRead++;
        }
        check();
    }

    /** How many rows have been read from tables. */
    public long rowsRead() {
        return rowsRead;
    }

    /** Counts a row of about this size, which stays on the heap until the end of the query or the turn. */
    void buffer(long bytes) {
        check();
        hold(bytes);
    }

    /** Counts this many more bytes on the heap, or fewer if it is negative. */
    public void hold(long bytes) {
        QueryContext query = query();
        memory.take(bytes, query.allBytes + bytes);
        query.allBytes += bytes;
        heldBytes += bytes;
    }

    /** The run that this context is a turn of. */
    private QueryContext query() {
        QueryContext query = this;
        while (query.outer != null) {
            query = query.outer;
        }
        return query;
    }

    /**
     * Checks the size of a value that a call of the query is about to make or has made.
     *
     * @throws QueryException when it is too large
     */
    public void make(long bytes) {
        if (bytes > valueBytesMax) {
            throw new QueryException(
                    Reason.LIMIT,
                    "a function of the query makes a value of " + bytes + " bytes, of at most " + valueBytesMax
                            + " in a query that calls as many functions; make shorter values, or call fewer functions");
        }
    }

    /** A regular expression, compiled once for each query. */
    public Pattern pattern(String expression, int flags) {
        keepFew(patterns);
        return patterns.computeIfAbsent(flags + " " + expression, _ -> {
            try {
                return Pattern.compile(expression, flags);
            } catch (PatternSyntaxException e) {
                throw new QueryException(
                        Reason.FAILED, "'" + expression + "' is no regular expression: " + e.getDescription(), e);
            }
        });
    }

    /** A pattern of {@code LIKE}, read once for each query. */
    public LikePattern likePattern(String pattern, String escape, boolean ignoresCase) {
        keepFew(likePatterns);
        return likePatterns.computeIfAbsent(
                escape + " " + ignoresCase + " " + pattern, _ -> LikePattern.of(pattern, escape, ignoresCase));
    }

    /** A pattern may be the value of a column and differ from row to row. */
    private static void keepFew(Map<?, ?> patterns) {
        if (patterns.size() >= PATTERNS_MAX) {
            patterns.clear();
        }
    }

    /** Ends the turn and releases what it held. */
    public void endTurn() {
        hold(-heldBytes);
    }

    /** Ends the query and releases everything. */
    public void end() {
        hold(-allBytes);
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
