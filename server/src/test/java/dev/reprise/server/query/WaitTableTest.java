package dev.reprise.server.query;

import static dev.reprise.server.query.Answers.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.query.execution.QueryLimits;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for whom, as SQL shows it. */
class WaitTableTest {
    private final TestEngine engine = new TestEngine();
    private final QueryEngine queries = new QueryEngine(engine.engine, QueryLimits.DEFAULT, InstantSource.system());

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void twoObjectsThatCallEachOther_areACycleOfThreeWaits() {
        InvocationId first = engine.send("Counter", "a", "callB");
        TestEngine.await(
                "the deadlock",
                () -> rows(queries, "SELECT * FROM sys_waits WHERE for_id IS NOT NULL")
                                .size()
                        == 3);

        List<Map<String, Object>> mine = waitsOf(first.toString());
        assertThat(mine)
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("waiting_target", "Counter/a/callB")
                        .containsEntry("what", "call")
                        .containsEntry("for_target", "Counter/b/callA")
                        .containsEntry("required", true)
                        .containsKey("since"));
        Map<String, Object> second = waitsOf(mine.getFirst().get("for_id")).getFirst();
        assertThat(second).containsEntry("what", "call").containsEntry("for_target", "Counter/a/callB");
        Map<String, Object> third = waitsOf(second.get("for_id")).getFirst();
        assertThat(third)
                .containsEntry("what", "object")
                .containsEntry("for_target", "Counter/a")
                .containsEntry("for_id", first.toString())
                .containsEntry("required", true);
    }

    @Test
    void whoWaitsForOne_isFoundByIt() {
        InvocationId first = engine.send("Counter", "a", "callB");
        TestEngine.await("somebody to wait for it", () -> waitsFor(first).size() == 1);

        assertThat(waitsFor(first))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("waiting_target", "Counter/a/callB"));
        Object callee = waitsOf(first.toString()).getFirst().get("for_id");
        assertThat(rows(queries, "SELECT waiting_id FROM sys_waits WHERE for_id = '" + callee + "'"))
                .containsExactly(Map.of("waiting_id", first.toString()));
    }

    @Test
    void aRaceRequiresNeither_andATimerSaysWhenItEnds() {
        InvocationId waiting = engine.send("All", null, "wait");
        TestEngine.await("it to wait", () -> waitsOf(waiting.toString()).size() == 2);

        assertThat(rows(
                        queries,
                        "SELECT what, name, required, until IS NULL AS forever FROM sys_waits WHERE waiting_id = '"
                                + waiting + "' ORDER BY what DESC"))
                .containsExactly(
                        Map.of("what", "timer", "name", "nap", "required", false, "forever", false),
                        Map.of("what", "awakeable", "required", false, "forever", true));
    }

    private List<Map<String, Object>> waitsOf(@Nullable Object id) {
        return rows(queries, "SELECT * FROM sys_waits WHERE waiting_id = '" + id + "'");
    }

    private List<Map<String, Object>> waitsFor(InvocationId id) {
        return rows(queries, "SELECT * FROM sys_waits WHERE for_id = '" + id + "'");
    }
}
