package dev.reprise.server.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableLimitSort;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * A place in a plan where a {@link Meter} stands. {@link #in} puts one wherever a plan keeps rows on the heap, and behind
 * what makes more rows than it gets.
 */
final class MeteredRows extends SingleRel implements EnumerableRel {
    private enum What {
        PASSING,
        KEPT,
        GROUPED
    }

    private static final long FEW_ROWS = 10_000;

    private final What what;
    private final List<Integer> keys;

    private MeteredRows(RelNode input, What what, List<Integer> keys) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.what = what;
        this.keys = List.copyOf(keys);
    }

    /** The same plan, metered. */
    static RelNode in(RelNode plan) {
        List<RelNode> inputs = plan.getInputs().stream().map(MeteredRows::in).toList();
        return switch (plan) {
            case Sort sort when sort.getCollation().getFieldCollations().isEmpty() -> copy(plan, inputs);
            case EnumerableLimitSort sort when keepsFew(sort) -> copy(plan, passing(inputs));
            case Sort _, Window _, SetOp _ -> copy(plan, kept(inputs));
            case EnumerableNestedLoopJoin join
            when !join.getJoinType().generatesNullsOnLeft() ->
                new MeteredRows(copy(plan, passing(inputs)), What.PASSING, List.of());
            case Join join -> new MeteredRows(joined(join, inputs), What.PASSING, List.of());
            case Aggregate aggregate -> copy(plan, aggregated(aggregate, inputs));
            default -> copy(plan, inputs);
        };
    }

    /** A sort of which only the first rows are wanted keeps no more than those. */
    private static boolean keepsFew(EnumerableLimitSort sort) {
        return sort.fetch != null && number(sort.fetch) + (sort.offset == null ? 0 : number(sort.offset)) <= FEW_ROWS;
    }

    private static long number(RexNode literal) {
        return literal instanceof RexLiteral ? RexLiteral.intValue(literal) : Integer.MAX_VALUE;
    }

    private static RelNode copy(RelNode plan, List<RelNode> inputs) {
        return plan.getInputs().equals(inputs) ? plan : plan.copy(plan.getTraitSet(), inputs);
    }

    /** A join by batches keeps what it reads on one side for one batch. */
    private static RelNode joined(Join join, List<RelNode> inputs) {
        BatchedJoin.Meters meters = new BatchedJoin.Meters() {
            @Override
            public RelNode passing(RelNode rows) {
                return new MeteredRows(rows, What.PASSING, List.of());
            }

            @Override
            public RelNode kept(RelNode rows) {
                return new MeteredRows(rows, What.KEPT, List.of());
            }
        };
        return BatchedJoin.of(join, inputs.get(0), inputs.get(1), meters).orElseGet(() -> copy(join, kept(inputs)));
    }

    private static List<RelNode> kept(List<RelNode> inputs) {
        return inputs.stream()
                .<RelNode>map(input -> new MeteredRows(input, What.KEPT, List.of()))
                .toList();
    }

    private static List<RelNode> passing(List<RelNode> inputs) {
        return inputs.stream()
                .<RelNode>map(input -> new MeteredRows(input, What.PASSING, List.of()))
                .toList();
    }

    /** Most aggregates keep a row for each group; an ordered, a distinct or a collecting one may keep them all. */
    private static List<RelNode> aggregated(Aggregate aggregate, List<RelNode> inputs) {
        boolean keepsAll = aggregate.getAggCallList().stream().anyMatch(MeteredRows::keepsAll);
        return keepsAll
                ? kept(inputs)
                : inputs.stream()
                        .<RelNode>map(input -> new MeteredRows(
                                input,
                                What.GROUPED,
                                new ArrayList<>(aggregate.getGroupSet().asList())))
                        .toList();
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
        return new MeteredRows(inputs.getFirst(), what, keys);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        if (getConvention() != EnumerableConvention.INSTANCE) {
            throw new IllegalStateException("only an enumerable plan can be metered, found " + getConvention());
        }
        Result rows = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        BlockBuilder code = new BlockBuilder();
        Expression input = code.append("rows", rows.block);
        List<Expression> arguments = new ArrayList<>(List.of(DataContext.ROOT, input));
        if (what == What.GROUPED) {
            arguments.add(Expressions.constant(
                    keys.stream().mapToInt(Integer::intValue).toArray()));
        }
        String method = switch (what) {
            case PASSING -> "passing";
            case KEPT -> "kept";
            case GROUPED -> "grouped";
        };
        code.add(Expressions.return_(null, Expressions.call(Meter.class, method, arguments)));
        return implementor.result(rows.physType, code.toBlock());
    }
}
