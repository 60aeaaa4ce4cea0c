package dev.reprise.server.query.plan;

import com.google.common.collect.ImmutableList;
import java.util.Set;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a plan that are computed while it is made, as long as the query may go on. Each one depends on
 * those of the inputs, whose number can grow without bound; an instance is created for each rule that is applied.
 */
public final class WatchedMetadata extends RelMetadataQuery {
    private final Runnable check;

    WatchedMetadata(Runnable check) {
        check.run();
        this.check = check;
    }

    @Override
    public @Nullable Double getRowCount(RelNode rel) {
        check.run();
        return super.getRowCount(rel);
    }

    @Override
    public @Nullable RelOptCost getCumulativeCost(RelNode rel) {
        check.run();
        return super.getCumulativeCost(rel);
    }

    @Override
    public @Nullable Set<RelColumnOrigin> getColumnOrigins(RelNode rel, int column) {
        check.run();
        return super.getColumnOrigins(rel, column);
    }

    @Override
    public @Nullable Set<ImmutableBitSet> getUniqueKeys(RelNode rel, boolean ignoreNulls) {
        check.run();
        return super.getUniqueKeys(rel, ignoreNulls);
    }

    @Override
    public @Nullable Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns, boolean ignoreNulls) {
        check.run();
        return super.areColumnsUnique(rel, columns, ignoreNulls);
    }

    @Override
    public @Nullable Double getDistinctRowCount(RelNode rel, ImmutableBitSet group, @Nullable RexNode predicate) {
        check.run();
        return super.getDistinctRowCount(rel, group, predicate);
    }

    @Override
    public @Nullable Double getSelectivity(RelNode rel, @Nullable RexNode predicate) {
        check.run();
        return super.getSelectivity(rel, predicate);
    }

    @Override
    public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
        check.run();
        return super.getPulledUpPredicates(rel);
    }

    @Override
    public @Nullable ImmutableList<RelCollation> collations(RelNode rel) {
        check.run();
        return super.collations(rel);
    }
}
