package dev.reprise.server.query.plan;

import com.google.common.collect.ImmutableList;
import dev.reprise.server.query.execution.QueryWatch;
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
    private final QueryWatch watch;

    WatchedMetadata(QueryWatch watch) {
        watch.check();
        this.watch = watch;
    }

    @Override
    public @Nullable Double getRowCount(RelNode rel) {
        watch.check();
        return super.getRowCount(rel);
    }

    @Override
    public @Nullable RelOptCost getCumulativeCost(RelNode rel) {
        watch.check();
        return super.getCumulativeCost(rel);
    }

    @Override
    public @Nullable Set<RelColumnOrigin> getColumnOrigins(RelNode rel, int column) {
        watch.check();
        return super.getColumnOrigins(rel, column);
    }

    @Override
    public @Nullable Set<ImmutableBitSet> getUniqueKeys(RelNode rel, boolean ignoreNulls) {
        watch.check();
        return super.getUniqueKeys(rel, ignoreNulls);
    }

    @Override
    public @Nullable Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns, boolean ignoreNulls) {
        watch.check();
        return super.areColumnsUnique(rel, columns, ignoreNulls);
    }

    @Override
    public @Nullable Double getDistinctRowCount(RelNode rel, ImmutableBitSet group, @Nullable RexNode predicate) {
        watch.check();
        return super.getDistinctRowCount(rel, group, predicate);
    }

    @Override
    public @Nullable Double getSelectivity(RelNode rel, @Nullable RexNode predicate) {
        watch.check();
        return super.getSelectivity(rel, predicate);
    }

    @Override
    public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
        watch.check();
        return super.getPulledUpPredicates(rel);
    }

    @Override
    public @Nullable ImmutableList<RelCollation> collations(RelNode rel) {
        watch.check();
        return super.collations(rel);
    }
}
