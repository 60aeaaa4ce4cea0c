package dev.reprise.server.query;

import static dev.reprise.server.query.Answers.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryLimits;
import dev.reprise.server.query.execution.QueryWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of queries that are asked again. */
final class PlansTest {
    private final TestEngine engine = new TestEngine();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
    private final QueryEngine queries = new QueryEngine(engine.engine, QueryLimits.DEFAULT, now::get);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theSameQuery_isPlannedOnce_andAnsweredAnew() {
        String sql = "SELECT count(*) FROM sys_invocation WHERE created_at <= now()";
        now.set(Instant.now().plus(Duration.ofMinutes(1)));
        assertThat(first(queries, sql)).isEqualTo(List.of(0L));
        engine.send("All", null, "wait");

        assertThat(first(queries, sql)).isEqualTo(List.of(1L));
        now.set(Instant.EPOCH);
        assertThat(first(queries, sql)).isEqualTo(List.of(0L));
        assertThat(queries.plansMade()).isEqualTo(1);
    }

    @Test
    void anEndedQuery_endsNoneThatAsksTheSame() {
        String sql = "SELECT name FROM sys_service ORDER BY name LIMIT 1";
        QueryWatch first = new QueryWatch(QueryLimits.DEFAULT);
        try (QueryResult result = queries.query(sql, first)) {
            assertThat(result.next()).containsExactly("All");
            assertThat(result.next()).isNull();
        }
        first.cancel();

        assertThat(first(queries, sql)).containsExactly("All");
        assertThatThrownBy(() -> queries.query(sql, first)).isInstanceOf(QueryException.class);
        assertThat(first(queries, sql)).containsExactly("All");
    }

    @Test
    void twoAtOnce_haveAPlanEach() {
        String sql = "SELECT name FROM sys_service ORDER BY name";
        assertThat(first(queries, sql)).contains("All");
        try (QueryResult one = queries.query(sql);
                QueryResult other = queries.query(sql)) {
            assertThat(one.next()).containsExactly("All");
            assertThat(other.next()).containsExactly("All");
            assertThat(one.next()).containsExactly("Counter");
        }
    }
}
