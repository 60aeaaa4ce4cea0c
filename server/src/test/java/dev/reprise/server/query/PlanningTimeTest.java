package dev.reprise.server.query;

import static dev.reprise.server.query.Answers.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import dev.reprise.server.query.execution.QueryLimits;
import dev.reprise.server.query.execution.QueryWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Short queries for which plans are sought for minutes or for ever: the time limit, and a cancellation, end that too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
final class PlanningTimeTest {
    /** Joins of 21 tables in any order. */
    static final String LONG_PLANNED =
            "SELECT count(*) FROM sys_invocation a" + chain(20, "", i -> ", sys_journal b" + i) + " WHERE "
                    + chain(20, " AND ", i -> "b" + i + ".id = " + (i == 0 ? "a" : "b" + (i - 1)) + ".id");

    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(1), 32 << 20, 1, 1);
    private static final QueryLimits PATIENT = new QueryLimits(Duration.ofMinutes(10), 32 << 20, 1, 1);
    /** Between two looks at the clock lies a step of the planner's. */
    private static final Duration STEP_MAX = Duration.ofSeconds(15);

    private final TestEngine engine = new TestEngine();

    @BeforeAll
    void warmUp() {
        assertThat(first(queries(PATIENT), "SELECT count(*) FROM sys_invocation"))
                .containsExactly(0L);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private QueryEngine queries(QueryLimits limits) {
        return new QueryEngine(engine.engine, limits, InstantSource.system());
    }

    private static String chain(int count, String between, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(between));
    }

    static Stream<Arguments> longPlanned() {
        return Stream.of(
                Arguments.of("joins", LONG_PLANNED),
                Arguments.of("doublings", doublings(20)),
                Arguments.of(
                        "unions",
                        "SELECT count(*) FROM ("
                                + chain(80, " UNION ", i -> "SELECT id FROM sys_invocation WHERE status = '" + i + "'")
                                + ") a"),
                Arguments.of("joins with itself", joinsWithItself(15)),
                Arguments.of(
                        "sub-queries",
                        "SELECT "
                                + chain(
                                        20,
                                        ",",
                                        i -> "(SELECT count(*) FROM sys_journal b WHERE b.id = a.id AND b.index > " + i
                                                + ")")
                                + " FROM sys_invocation a"));
    }

    private static String doublings(int count) {
        String inner = "SELECT id AS x FROM sys_invocation";
        for (int i = 0; i < count; i++) {
            inner = "SELECT x || x AS x FROM (" + inner + ") t" + i;
        }
        return inner;
    }

    private static String joinsWithItself(int count) {
        StringBuilder tables = new StringBuilder("WITH t0 AS (SELECT id FROM sys_invocation)");
        for (int i = 1; i <= count; i++) {
            String before = "t" + (i - 1);
            tables.append(", t")
                    .append(i)
                    .append(" AS (SELECT a.id FROM ")
                    .append(before)
                    .append(" a JOIN ")
                    .append(before)
                    .append(" b ON a.id = b.id)");
        }
        return tables + " SELECT count(*) FROM t" + count;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longPlanned")
    void planning_endsAtTheTimeLimit(String name, String sql) throws InterruptedException {
        FutureTask<Object> task = onQueryThread(() -> first(queries(LIMITS), sql));
        assertThatThrownBy(() -> task.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT))
                .hasMessageContaining("ran for longer than 1 s");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longPlanned")
    void planning_endsWhenItIsCancelled(String name, String sql) throws InterruptedException {
        QueryWatch watch = new QueryWatch(PATIENT);
        FutureTask<Object> task = onQueryThread(
                () -> Optional.ofNullable(queries(PATIENT).query(sql, watch).next()));
        assertThatThrownBy(() -> task.get(500, TimeUnit.MILLISECONDS)).isNotNull();
        watch.cancel();
        assertThatThrownBy(() -> task.get(STEP_MAX.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    }

    /** Something to be done, which may fail. */
    private interface Work {
        Object perform() throws Exception;
    }

    private static FutureTask<Object> onQueryThread(Work work) {
        FutureTask<Object> task = new FutureTask<>(work::perform);
        Thread.ofPlatform().daemon().stackSize(QueryHandler.STACK_BYTES).start(task);
        return task;
    }
}
