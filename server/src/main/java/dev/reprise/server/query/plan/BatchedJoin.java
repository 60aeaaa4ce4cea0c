package dev.reprise.server.query.plan;

import dev.reprise.server.query.execution.Batches;
import dev.reprise.server.query.table.SystemTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableInterpreter;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.interpreter.Bindables.BindableTableScan;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;

/**
 * A join that is carried out repeatedly, each time for a batch of the left rows, and reads on the right only what those
 * join with: not all journals, for example, but those of the invocations that a filter leaves. See {@link Batches}.
 */
public final class BatchedJoin extends SingleRel implements EnumerableRel {
    private final int leftKey;
    private final String rightColumn;

    private BatchedJoin(RelNode join, int leftKey, String rightColumn) {
        super(join.getCluster(), join.getTraitSet(), join);
        this.leftKey = leftKey;
        this.rightColumn = rightColumn;
    }

    /**
     * A join carried out in batches; empty if neither side can be looked up for rows of the other.
     *
     * @param left yields the rows of the join's left side
     * @param right yields the rows of its right side
     * @param meters one for the rows that drive the join, and one for those that are looked up
     */
    static Optional<RelNode> of(Join join, RelNode left, RelNode right, Meters meters) {
        if (!(join instanceof EnumerableHashJoin)) {
            return Optional.empty();
        }
        JoinInfo keys = join.analyzeCondition();
        Optional<BatchedJoin> straight = switch (join.getJoinType()) {
            case INNER, LEFT, SEMI, ANTI -> {
                List<RelNode> inputs = List.of(meters.passing(left), meters.kept(right));
                yield of(join.copy(join.getTraitSet(), inputs), keys.leftKeys, join.getRight(), keys.rightKeys);
            }
            default -> Optional.empty();
        };
        if (straight.isPresent()
                || join.getJoinType() != JoinRelType.INNER
                || !join.getTraitSet().isDefaultSansConvention()) {
            return straight.map(RelNode.class::cast);
        }
        RelNode swapped = swapped(join, meters.passing(right), meters.kept(left));
        return of(swapped, keys.rightKeys, join.getLeft(), keys.leftKeys).map(found -> swappedBack(join, found));
    }

    /** Counts the rows of one side. */
    interface Meters {
        RelNode passing(RelNode rows);

        RelNode kept(RelNode rows);
    }

    private static Optional<BatchedJoin> of(
            RelNode join, List<Integer> drivingKeys, RelNode lookedUp, List<Integer> lookedUpKeys) {
        for (int i = 0; i < drivingKeys.size(); i++) {
            Optional<String> column = lookedUpBy(lookedUp, lookedUpKeys.get(i));
            if (column.isPresent()) {
                return Optional.of(new BatchedJoin(join, drivingKeys.get(i), column.get()));
            }
        }
        return Optional.empty();
    }

    /** The table column behind a column of a plain scan, if the table can be looked up by it. */
    private static Optional<String> lookedUpBy(RelNode rows, int index) {
        RelNode scan = rows instanceof EnumerableInterpreter interpreter ? interpreter.getInput() : rows;
        if (!(scan instanceof TableScan of)) {
            return Optional.empty();
        }
        SystemTable<?> table = of.getTable().unwrap(SystemTable.class);
        if (table == null) {
            return Optional.empty();
        }
        int place = scan instanceof BindableTableScan chosen ? chosen.projects.get(index) : index;
        String column = table.columns().get(place).name();
        return table.isLookedUpBy(column) ? Optional.of(column) : Optional.empty();
    }

    private static RelNode swapped(Join join, RelNode left, RelNode right) {
        int leftColumns = right.getRowType().getFieldCount();
        int rightColumns = left.getRowType().getFieldCount();
        RexNode condition = join.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                int place = ref.getIndex();
                return new RexInputRef(place < leftColumns ? place + rightColumns : place - leftColumns, ref.getType());
            }
        });
        return EnumerableHashJoin.create(left, right, condition, Set.of(), JoinRelType.INNER);
    }

    /** The columns in the order that they had before the sides were swapped. */
    private static RelNode swappedBack(Join join, RelNode swapped) {
        RexBuilder builder = join.getCluster().getRexBuilder();
        int leftColumns = join.getLeft().getRowType().getFieldCount();
        int columns = join.getRowType().getFieldCount();
        List<RexNode> places = IntStream.range(0, columns)
                .map(place -> (place + columns - leftColumns) % columns)
                .<RexNode>mapToObj(place -> builder.makeInputRef(swapped, place))
                .toList();
        return EnumerableCalc.create(
                swapped, RexProgram.create(swapped.getRowType(), places, null, join.getRowType(), builder));
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new BatchedJoin(inputs.getFirst(), leftKey, rightColumn);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        Join join = (Join) getInput();
        Result left = ((EnumerableRel) join.getLeft()).implement(implementor, Prefer.ARRAY);
        RelNode ofBatch =
                join.copy(join.getTraitSet(), List.of(new Batch(join.getLeft(), left.physType), join.getRight()));
        Result joined = ((EnumerableRel) ofBatch).implement(implementor, Prefer.ARRAY);
        BlockBuilder code = new BlockBuilder();
        Expression rows = code.append("left", left.block);
        Expression each = Expressions.lambda(joined.block, DataContext.ROOT);
        code.add(Expressions.return_(
                null,
                Expressions.call(
                        Batches.class,
                        "joined",
                        DataContext.ROOT,
                        rows,
                        each,
                        Expressions.constant(leftKey),
                        Expressions.constant(rightColumn))));
        return implementor.result(joined.physType, code.toBlock());
    }

    /** The left rows of one turn. */
    private static final class Batch extends AbstractRelNode implements EnumerableRel {
        private final RelDataType type;
        private final PhysType form;

        private Batch(RelNode left, PhysType form) {
            super(left.getCluster(), left.getTraitSet());
            this.type = left.getRowType();
            this.form = form;
        }

        @Override
        protected RelDataType deriveRowType() {
            return type;
        }

        @Override
        public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
            Expression rows = Expressions.call(Batches.class, "current", DataContext.ROOT);
            return implementor.result(form, Expressions.block(Expressions.return_(null, rows)));
        }
    }
}
