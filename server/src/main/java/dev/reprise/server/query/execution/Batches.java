package dev.reprise.server.query.execution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.function.Function1;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@code BatchedJoin}: takes left rows, has them joined with the rows of the right table that have their
 * keys, and repeats this until the left rows end. The first batch is small, for queries that want few rows. Public,
 * because the code that Calcite generates for a plan calls it.
 */
public final class Batches {
    private static final int FIRST_BATCH_ROWS = 4;
    private static final int BATCH_ROWS_MAX = 256;
    private static final long BATCH_BYTES = 1 << 20;

    private Batches() {}

    /** The left rows of the turn that a context belongs to. */
    public static Enumerable<?> current(DataContext root) {
        return Linq4j.asEnumerable(((QueryContext) root).turn().left());
    }

    /**
     * The rows of a join.
     *
     * @param join yields the rows of one turn, in the context of that turn
     * @param leftKey the position of the key in a left row
     * @param rightColumn the column by which the right table is looked up
     */
    public static <L, R> Enumerable<R> joined(
            DataContext root,
            Enumerable<L> left,
            Function1<DataContext, Enumerable<R>> join,
            int leftKey,
            String rightColumn) {
        QueryContext query = (QueryContext) root;
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<R> enumerator() {
                return new Joined<>(query, left.enumerator(), join, leftKey, rightColumn);
            }
        };
    }

    /**
     * One turn of a join.
     *
     * @param left the left rows
     * @param rightColumn the column by which the right table is looked up
     * @param keys the values of this column that the left rows join with
     */
    public record Turn(List<?> left, String rightColumn, Set<String> keys) {}

    private static final class Joined<R> implements Enumerator<R> {
        private final QueryContext query;
        private final Enumerator<?> left;
        private final Function1<DataContext, Enumerable<R>> join;
        private final int leftKey;
        private final String rightColumn;
        private Enumerator<R> joined = Linq4j.emptyEnumerator();
        private @Nullable QueryContext turn;
        private int batchRows = FIRST_BATCH_ROWS;
        private long batchBytes;

        private Joined(
                QueryContext query,
                Enumerator<?> left,
                Function1<DataContext, Enumerable<R>> join,
                int leftKey,
                String rightColumn) {
            this.query = query;
            this.left = left;
            this.join = join;
            this.leftKey = leftKey;
            this.rightColumn = rightColumn;
        }

        @Override
        public R current() {
            return joined.current();
        }

        @Override
        public boolean moveNext() {
            while (!joined.moveNext()) {
                endTurn();
                List<@Nullable Object> batch = nextBatch();
                if (batch.isEmpty()) {
                    return false;
                }
                QueryContext next = query.inTurn(new Turn(batch, rightColumn, keys(batch)));
                turn = next;
                next.hold(Math.max(0, batchBytes - Meter.FREE_BYTES));
                joined = join.apply(next).enumerator();
            }
            return true;
        }

        private void endTurn() {
            joined.close();
            joined = Linq4j.emptyEnumerator();
            if (turn != null) {
                turn.endTurn();
                turn = null;
            }
        }

        /** A number of rows; fewer if they are large. */
        private List<@Nullable Object> nextBatch() {
            List<@Nullable Object> batch = new ArrayList<>();
            batchBytes = 0;
            while (batch.size() < batchRows && batchBytes < BATCH_BYTES && left.moveNext()) {
                batch.add(left.current());
                batchBytes += Meter.bytes(left.current());
            }
            batchRows = Math.min(2 * batchRows, BATCH_ROWS_MAX);
            return batch;
        }

        private Set<String> keys(List<@Nullable Object> batch) {
            Set<String> keys = new HashSet<>();
            for (Object row : batch) {
                Object key = row instanceof Object[] values ? values[leftKey] : row;
                if (key instanceof String text) {
                    keys.add(text);
                }
            }
            return keys;
        }

        @Override
        public void reset() {
            left.reset();
            endTurn();
        }

        @Override
        public void close() {
            endTurn();
            left.close();
        }
    }
}
