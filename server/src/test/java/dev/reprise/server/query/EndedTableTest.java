package dev.reprise.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.query.execution.QueryLimits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The completed invocations from the one that ended last, which are found by when they will be forgotten. */
final class EndedTableTest {
    private static final int ENDED = 40;

    @Test
    void theLast_areTheFirst_howeverLongTheyAreKept() {
        try (TestEngine engine = new TestEngine()) {
            QueryEngine queries = new QueryEngine(engine.engine, QueryLimits.DEFAULT, InstantSource.system());
            engine.send("All", null, "wait"); // it never ends
            List<Object> expected = new ArrayList<>();
            for (int i = 0; i < ENDED; i++) {
                // With a key they are kept for another time than without.
                expected.addFirst(ended(engine, queries, i % 3 == 0 ? "key-" + i : null));
            }

            assertThat(ids(queries, "SELECT id FROM sys_invocation_ended")).isEqualTo(expected);
            assertThat(ids(queries, "SELECT id FROM sys_invocation_ended LIMIT 7"))
                    .isEqualTo(expected.subList(0, 7));
        }
    }

    private static String ended(TestEngine engine, QueryEngine queries, @Nullable String idempotencyKey) {
        InvocationId id = engine.send("All", null, "ok", idempotencyKey, 0);
        long begun = System.currentTimeMillis();
        TestEngine.awaitRows(
                queries,
                "SELECT status FROM sys_invocation WHERE id = '" + id + "'",
                List.of(Map.of("status", "completed")));
        TestEngine.await("the clock to go on", () -> System.currentTimeMillis() > begun);
        return id.toString();
    }

    private static List<Object> ids(QueryEngine queries, String sql) {
        return Answers.rows(queries, sql).stream().map(row -> row.get("id")).toList();
    }
}
