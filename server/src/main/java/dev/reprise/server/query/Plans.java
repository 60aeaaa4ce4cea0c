package dev.reprise.server.query;

import dev.reprise.server.query.execution.Plan;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryWatch;
import dev.reprise.server.query.plan.QueryPlanner;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Plans of queries that were asked before, since pages and tools ask the same again and again, and to plan and
 * compile takes longer than most answers. A plan serves one query at a time, because what Calcite makes of it keeps
 * notes while it runs; a second one that is asked meanwhile is planned anew. Any thread.
 */
final class Plans {
    private static final int KEPT_MAX = 64;
    /** A longer text, such as one with a list of ids, is hardly asked again. */
    private static final int KEPT_CHARS_MAX = 8 << 10;

    private final QueryPlanner planner;
    /* Guarded by this. The one that was used last is the last. */
    private final SequencedMap<String, Prepared> idle = new LinkedHashMap<>();

    private final AtomicLong made = new AtomicLong();

    Plans(QueryPlanner planner) {
        this.planner = planner;
    }

    /** A plan, and the query that it serves now, which alone may end what the plan does. */
    static final class Prepared {
        private final String sql;
        private final Plan plan;
        private volatile QueryWatch watch;

        private Prepared(String sql, QueryPlanner planner, QueryWatch watch) {
            this.sql = sql;
            this.watch = watch;
            this.plan = planner.plan(sql, this::check);
        }

        private void check() {
            watch.check();
        }

        Plan plan() {
            return plan;
        }
    }

    /**
     * A plan for a query.
     *
     * @throws QueryException when it is none, or names what is not there
     */
    Prepared take(String sql, QueryWatch watch) {
        Prepared known = idle(sql);
        if (known == null) {
            made.incrementAndGet();
            return new Prepared(sql, planner, watch);
        }
        known.watch = watch;
        return known;
    }

    private synchronized @Nullable Prepared idle(String sql) {
        return idle.remove(sql);
    }

    long made() {
        return made.get();
    }

    /** Keeps a plan for the next one who asks the same. */
    synchronized void giveBack(Prepared plan) {
        if (plan.sql.length() <= KEPT_CHARS_MAX) {
            idle.putLast(plan.sql, plan);
            if (idle.size() > KEPT_MAX) {
                idle.pollFirstEntry();
            }
        }
    }
}
