package dev.reprise.server.query;

import dev.reprise.engine.Engine;
import dev.reprise.server.query.dialect.QueryShape;
import dev.reprise.server.query.execution.Plan;
import dev.reprise.server.query.execution.QueryContext;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import dev.reprise.server.query.execution.QueryLimits;
import dev.reprise.server.query.execution.QueryMemory;
import dev.reprise.server.query.execution.QueryWatch;
import dev.reprise.server.query.output.ColumnType;
import dev.reprise.server.query.plan.QueryPlanner;
import dev.reprise.server.query.plan.Types;
import dev.reprise.server.query.table.DerivedTables;
import dev.reprise.server.query.table.InformationSchema;
import dev.reprise.server.query.table.InvocationTables;
import dev.reprise.server.query.table.JournalTables;
import dev.reprise.server.query.table.ObjectTables;
import dev.reprise.server.query.table.RegistryTables;
import dev.reprise.server.query.table.Sources;
import dev.reprise.server.query.table.SystemTable;
import dev.reprise.server.query.table.TableColumn;
import dev.reprise.server.query.table.WaitTable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/**
 * Answers SQL about what an engine knows, with the tables of Restate's server. A query reads while it runs and holds
 * nothing of the store between two rows, so it stops no partition. Any thread.
 */
public final class QueryEngine {
    /* The package of what compiles plans; it gives up on code that is too long. */
    private static final String COMPILER = "org.codehaus.";

    private final QueryLimits limits;
    private final QueryMemory memory;
    private final InstantSource clock;
    private final Engine engine;
    private final CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
    private final Plans plans;

    /** Sets up the tables of an engine. Takes some hundred milliseconds, mostly to load Calcite. */
    public QueryEngine(Engine engine, QueryLimits limits, InstantSource clock) {
        this.engine = engine;
        this.limits = limits;
        this.memory = new QueryMemory(limits.bytes());
        this.clock = clock;
        Sources sources = new Sources(engine, clock);
        List<SystemTable<?>> tables = new ArrayList<>();
        tables.addAll(InvocationTables.of(sources));
        tables.addAll(JournalTables.of(sources));
        tables.addAll(ObjectTables.of(sources));
        tables.addAll(RegistryTables.of(engine.registry()));
        tables.addAll(DerivedTables.of(sources));
        tables.addAll(WaitTable.of(engine));
        SchemaPlus root = schema.plus();
        add(root, "public", tables);
        add(root, "information_schema", InformationSchema.of(tables));
        SchemaPlus catalog = root.add("restate", new AbstractSchema());
        add(catalog, "public", tables);
        add(catalog, "information_schema", InformationSchema.of(tables));
        this.plans = new Plans(new QueryPlanner(schema, columnsOfBytes(tables)));
    }

    private static Set<String> columnsOfBytes(List<SystemTable<?>> tables) {
        return tables.stream()
                .flatMap(table -> table.columns().stream())
                .filter(column -> column.type() == ColumnType.BINARY)
                .map(TableColumn::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void add(SchemaPlus parent, String name, List<SystemTable<?>> tables) {
        Schema empty = new AbstractSchema();
        SchemaPlus schema = parent.add(name, empty);
        tables.forEach(table -> schema.add(table.name(), table));
    }

    /** The limits for each query. */
    public QueryLimits limits() {
        return limits;
    }

    /** How many queries were planned; one that is asked again need not be. */
    long plansMade() {
        return plans.made();
    }

    /** The memory that all queries hold now; an estimate. */
    long heldBytes() {
        return memory.taken();
    }

    /**
     * Begins to answer a query.
     *
     * @throws QueryException when the text is not a query, or names what does not exist
     */
    public QueryResult query(String sql) {
        return query(sql, new QueryWatch(limits));
    }

    /** The same; with the watch, the caller can cancel the query even while it is being planned. */
    QueryResult query(String sql, QueryWatch watch) {
        return failing(() -> {
            watch.check();
            engine.commit();
            Plans.Prepared prepared = plans.take(sql, watch);
            Plan plan = prepared.plan();
            QueryContext context =
                    new QueryContext(schema.plus(), new Types(watch::check), watch, memory, clock.millis(), plan);
            boolean begun = false;
            try {
                QueryResult result = new QueryResult(
                        plan, plan.code().bind(context).enumerator(), context, () -> plans.giveBack(prepared));
                begun = true;
                return result;
            } finally {
                if (!begun) {
                    context.end();
                }
            }
        });
    }

    /** Translates Calcite's exceptions into messages for clients. */
    static <T extends @Nullable Object> T failing(Supplier<T> work) {
        try {
            return work.get();
        } catch (QueryException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            throw failed(e);
        }
    }

    private static QueryException failed(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof QueryException known) {
                return new QueryException(known.reason(), String.valueOf(known.getMessage()), e);
            }
        }
        if (isCausedBy(e, StackOverflowError.class::isInstance)) {
            return new QueryException(Reason.SYNTAX, QueryShape.TOO_DEEP, e);
        } else if (isCausedBy(e, OutOfMemoryError.class::isInstance)) {
            return new QueryException(
                    Reason.LIMIT, "the query needs more memory than there is; ask for fewer rows or columns", e);
        } else if (isCausedBy(e, cause -> cause.getClass().getName().startsWith(COMPILER))) {
            return new QueryException(Reason.SYNTAX, QueryShape.TOO_LONG, e);
        } else if (e instanceof RelOptPlanner.CannotPlanException) {
            return new QueryException(
                    Reason.FAILED, "the query uses a function or a clause that is not supported here", e);
        }
        boolean isWrapper = e instanceof CalciteContextException || e instanceof ExceptionInInitializerError;
        Throwable told = isWrapper && e.getCause() != null ? e.getCause() : e;
        String message = told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
        // What Calcite gives a place in the text is wrong with the text.
        Reason reason = e instanceof CalciteContextException ? Reason.SYNTAX : Reason.FAILED;
        return new QueryException(reason, withHint(message.lines().findFirst().orElse("")), e);
    }

    private static boolean isCausedBy(Throwable e, Predicate<Throwable> kind) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (kind.test(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Calcite's messages about unknown names, and where in them the names are. */
    private static String withHint(String message) {
        if (!message.contains("' not found")) {
            return message;
        } else if (message.startsWith("Object ")) {
            return message + "; information_schema.tables names the tables";
        } else if (message.startsWith("Column ")) {
            return message + "; information_schema.columns names the columns";
        }
        return message;
    }
}
