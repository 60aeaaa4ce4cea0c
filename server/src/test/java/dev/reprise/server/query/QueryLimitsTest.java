package dev.reprise.server.query;

import static dev.reprise.server.query.Answers.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import dev.reprise.server.query.execution.QueryLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryLimitsTest {
    private static final String ENDLESS =
            "SELECT count(*) FROM information_schema.columns a, information_schema.columns b,"
                    + " information_schema.columns c, information_schema.columns d WHERE a.column_name < b.column_name";

    private final TestEngine engine = new TestEngine();

    @BeforeAll
    void invoke() {
        for (int i = 0; i < 50; i++) {
            engine.send("Counter", "c" + i, "add", "key-" + i, 0);
        }
        TestEngine.await(
                "all to complete",
                () -> first(
                                queries(QueryLimits.DEFAULT),
                                "SELECT count(*) FROM sys_invocation WHERE status = 'completed'")
                        .equals(List.of(50L)));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private QueryEngine queries(QueryLimits limits) {
        return new QueryEngine(engine.engine, limits, InstantSource.system());
    }

    private static QueryLimits buffering(long bytes) {
        return new QueryLimits(Duration.ofMinutes(1), bytes, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM sys_invocation ORDER BY created_at",
                "SELECT a.id FROM sys_invocation a JOIN sys_journal b ON a.id = b.id",
                "SELECT a.id FROM sys_invocation a FULL JOIN sys_journal b ON a.id < b.id",
                "SELECT id, count(*) FROM sys_journal GROUP BY id",
                "SELECT count(DISTINCT id) FROM sys_journal",
                "SELECT array_agg(entry_json) FROM sys_journal",
                "SELECT string_agg(entry_json, ',') FROM sys_journal",
                "SELECT target_service_name, max(entry_json) FROM sys_invocation i JOIN sys_journal j ON i.id = j.id"
                        + " GROUP BY target_service_name, j.id",
                "SELECT id, name, count(*) FROM sys_journal GROUP BY CUBE(id, name)",
                "SELECT DISTINCT id FROM sys_journal",
                "SELECT a.id FROM sys_invocation a, sys_service b ORDER BY a.id, b.name",
                "SELECT id FROM sys_journal INTERSECT SELECT id FROM sys_invocation",
                "SELECT * FROM sys_invocation ORDER BY created_at LIMIT 9000",
                "SELECT id, row_number() OVER (ORDER BY id) FROM sys_invocation",
                "SELECT id FROM sys_invocation UNION SELECT id FROM sys_journal"
            })
    void rowsKept_beyondTheLimit_endTheQuery(String sql) {
        assertThat(first(queries(buffering(1 << 20)), sql)).isNotEmpty();
        assertThatThrownBy(() -> first(queries(buffering(2_000)), sql))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT))
                .hasMessageContaining("2000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM sys_invocation",
                "SELECT count(*), max(appended_at) FROM sys_journal",
                "SELECT a.id FROM sys_invocation a JOIN sys_journal b ON a.id < b.id",
                "SELECT status, count(*) FROM sys_invocation GROUP BY status",
                "SELECT * FROM sys_invocation ORDER BY created_at LIMIT 3"
            })
    void rowsThatGoBy_needNoRoom(String sql) {
        assertThat(first(queries(buffering(3_000)), sql)).isNotEmpty();
    }

    @Test
    void memory_isDrawnByAllTogether_andGivenBack() {
        QueryEngine queries = queries(buffering(60_000));
        String kept = "SELECT id, entry_json FROM sys_journal ORDER BY id";
        try (QueryResult first = queries.query(kept)) {
            assertThat(first.next()).isNotNull();
            assertThat(queries.heldBytes()).isBetween(30_000L, 60_000L);
            assertThatThrownBy(() -> first(queries, kept))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY))
                    .hasMessageContaining("all queries together hold more than 60000 bytes");
        }
        assertThat(queries.heldBytes()).isZero();
        assertThat(first(queries, kept)).isNotEmpty();
        assertThat(queries.heldBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT string_agg(entry_json, ',') OVER (ORDER BY id) FROM sys_journal",
                "SELECT array_agg(entry_json) OVER (ORDER BY id) FROM sys_journal"
            })
    void collecting_forEachRow_isRefused(String sql) {
        assertThatThrownBy(() -> first(queries(QueryLimits.DEFAULT), sql))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("is not supported");
    }

    @Test
    void recursion_endsAtALimit() {
        QueryEngine queries = queries(new QueryLimits(Duration.ofSeconds(2), 1 << 20, 1, 1));
        String sql = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t";
        assertThatThrownBy(() -> first(queries, sql)).isInstanceOf(QueryException.class);
        assertThat(queries.heldBytes()).isZero();
    }

    @Test
    void time_isBounded_evenWhereNoRowComesOut() {
        QueryEngine queries = queries(new QueryLimits(Duration.ofMillis(300), 1 << 26, 1, 1));
        assertThatThrownBy(() -> first(queries, ENDLESS))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT))
                .hasMessageContaining("300 ms");
    }

    @Test
    void cancelled_queryEndsAtItsNextRow() {
        try (QueryResult result = queries(QueryLimits.DEFAULT).query("SELECT id FROM sys_invocation")) {
            assertThat(result.next()).isNotNull();
            result.cancel();
            assertThatThrownBy(result::next)
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
        }
    }

    @Test
    void query_thatIsNotReadOn_holdsNoPartition() {
        try (QueryResult result = queries(QueryLimits.DEFAULT).query("SELECT id FROM sys_journal")) {
            assertThat(result.next()).isNotNull();
            engine.send("Counter", "later", "add", "later", 0);
            TestEngine.await(
                    "a later invocation to complete",
                    () -> first(
                                    queries(QueryLimits.DEFAULT),
                                    "SELECT status FROM sys_invocation WHERE target_service_key = 'later'")
                            .equals(List.of("completed")));
            assertThat(result.next()).isNotNull();
        }
    }
}
