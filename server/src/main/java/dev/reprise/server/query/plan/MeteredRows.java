package dev.reprise.server.query.plan;

import dev.reprise.server.query.dialect.Operators;
import dev.reprise.server.query.execution.Meter;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpreter;
import org.apache.calcite.adapter.enumerable.EnumerableLimit;
import org.apache.calcite.adapter.enumerable.EnumerableLimitSort;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.EnumerableValues;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexLocalRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;

/**
 * A point in a plan at which a {@link Meter} counts. {@link #in} puts one wherever a plan keeps rows on the heap, and
 * after whatever yields more rows than it takes in.
 */
public final class MeteredRows extends SingleRel implements EnumerableRel {
    private enum What {
        PASSING("passing"),
        MADE("made"),
        KEPT("kept"),
        FEW("few"),
        GROUPED("grouped");

        private final String method;

        What(String method) {
            this.method = method;
        }
    }

    private static final long FEW_ROWS = 10_000;
    private static final Set<String> COLLECTING = Set.of(
            "listagg",
            "string_agg",
            "array_agg",
            "array_concat_agg",
            "collect",
            "fusion",
            "intersection",
            "mode",
            "json_arrayagg",
            "json_arrayagg_absent_on_null",
            "json_objectagg",
            "json_objectagg_null_on_null");

    private final What what;
    /** The arguments of the meter's method after the context and the rows: positions in a row, or numbers. */
    private final List<Object> arguments;

    private MeteredRows(RelNode input, What what, Object... arguments) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.what = what;
        this.arguments = List.of(arguments);
    }

    /** The same plan with meters. */
    static RelNode in(RelNode plan) {
        List<RelNode> inputs = plan.getInputs().stream().map(MeteredRows::in).toList();
        return switch (plan) {
            case EnumerableInterpreter scan -> made(scan, allPlaces(scan));
            case EnumerableCalc calc -> made(copy(plan, inputs), madeBy(calc.getProgram()));
            case EnumerableValues _, EnumerableLimit _ -> copy(plan, inputs);
            case Sort sort when sort.getCollation().getFieldCollations().isEmpty() -> copy(plan, inputs);
            case EnumerableLimitSort sort
            when rowsKept(sort) <= FEW_ROWS ->
                copy(plan, List.of(new MeteredRows(inputs.getFirst(), What.FEW, (int) rowsKept(sort))));
            case EnumerableNestedLoopJoin join
            when !join.getJoinType().generatesNullsOnLeft() -> passing(copy(plan, passing(inputs)));
            case Join join -> passing(joined(join, inputs));
            case Aggregate aggregate -> made(copy(plan, aggregated(aggregate, inputs)), madeBy(aggregate));
            case Window window -> copy(checked(window), kept(inputs));
            default -> passing(copy(plan, kept(inputs)));
        };
    }

    private static RelNode made(RelNode plan, int[] places) {
        return new MeteredRows(plan, places.length == 0 ? What.PASSING : What.MADE, argumentsOf(places));
    }

    private static Object[] argumentsOf(int[] places) {
        return places.length == 0 ? new Object[0] : new Object[] {places};
    }

    private static int[] allPlaces(RelNode rows) {
        return IntStream.range(0, rows.getRowType().getFieldCount()).toArray();
    }

    /** The values that it computes; the others are its input's. */
    private static int[] madeBy(RexProgram program) {
        List<RexLocalRef> projects = program.getProjectList();
        return IntStream.range(0, projects.size())
                .filter(place -> !(program.getExprList().get(projects.get(place).getIndex()) instanceof RexInputRef))
                .toArray();
    }

    private static int[] madeBy(Aggregate aggregate) {
        return IntStream.range(aggregate.getGroupCount(), aggregate.getRowType().getFieldCount())
                .toArray();
    }

    /** Collecting functions would collect anew for each row, so they are accepted only for groups. */
    private static Window checked(Window window) {
        for (Window.Group group : window.groups) {
            for (Window.RexWinAggCall call : group.aggCalls) {
                if (COLLECTING.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))) {
                    throw new QueryException(
                            Reason.FAILED,
                            call.getOperator().getName() + " is not supported with OVER; use GROUP BY instead");
                }
            }
        }
        return window;
    }

    /** A sort that needs only the first rows keeps no more than those. */
    private static long rowsKept(EnumerableLimitSort sort) {
        return sort.fetch == null
                ? Long.MAX_VALUE
                : number(sort.fetch) + (sort.offset == null ? 0 : number(sort.offset));
    }

    private static long number(RexNode literal) {
        return literal instanceof RexLiteral ? RexLiteral.intValue(literal) : Integer.MAX_VALUE;
    }

    private static RelNode copy(RelNode plan, List<RelNode> inputs) {
        return plan.getInputs().equals(inputs) ? plan : plan.copy(plan.getTraitSet(), inputs);
    }

    /** A join in batches keeps what it reads on one side for one batch. */
    private static RelNode joined(Join join, List<RelNode> inputs) {
        BatchedJoin.Meters meters = new BatchedJoin.Meters() {
            @Override
            public RelNode passing(RelNode rows) {
                return MeteredRows.passing(rows);
            }

            @Override
            public RelNode kept(RelNode rows) {
                return new MeteredRows(rows, What.KEPT);
            }
        };
        return BatchedJoin.of(join, inputs.get(0), inputs.get(1), meters).orElseGet(() -> copy(join, kept(inputs)));
    }

    private static List<RelNode> kept(List<RelNode> inputs) {
        return inputs.stream()
                .<RelNode>map(input -> new MeteredRows(input, What.KEPT))
                .toList();
    }

    private static RelNode passing(RelNode rows) {
        return new MeteredRows(rows, What.PASSING);
    }

    private static List<RelNode> passing(List<RelNode> inputs) {
        return inputs.stream().map(MeteredRows::passing).toList();
    }

    /** Most aggregates keep a row for each group; ordered, distinct and collecting ones may keep all rows. */
    private static List<RelNode> aggregated(Aggregate aggregate, List<RelNode> inputs) {
        if (aggregate.getAggCallList().stream().anyMatch(MeteredRows::keepsAll)) {
            return kept(inputs);
        }
        int[] keys = aggregate.getGroupSet().toArray();
        int groupings = aggregate.getGroupSets().size();
        return List.of(new MeteredRows(inputs.getFirst(), What.GROUPED, keys, groupings));
    }

    private static boolean keepsAll(AggregateCall call) {
        return call.isDistinct()
                || !call.getCollation().getFieldCollations().isEmpty()
                || switch (call.getAggregation().getKind()) {
                    case COUNT, SUM, SUM0, MIN, MAX, AVG, ANY_VALUE, SINGLE_VALUE -> false;
                    default -> !call.getAggregation().getName().equals(Operators.FIRST_OF);
                };
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new MeteredRows(inputs.getFirst(), what, arguments.toArray());
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        if (getConvention() != EnumerableConvention.INSTANCE) {
            throw new IllegalStateException("only an enumerable plan can be metered, found " + getConvention());
        }
        Result rows = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        BlockBuilder code = new BlockBuilder();
        List<Expression> call = new ArrayList<>(List.of(DataContext.ROOT, code.append("rows", rows.block)));
        arguments.forEach(argument -> call.add(Expressions.constant(argument)));
        code.add(Expressions.return_(null, Expressions.call(Meter.class, what.method, call)));
        return implementor.result(rows.physType, code.toBlock());
    }
}
