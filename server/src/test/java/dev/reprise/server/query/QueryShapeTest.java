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
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries that are deep, long or wide: those that are too much are refused with a reason, those just below are
 * answered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class QueryShapeTest {
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(30), 32 << 20, 1, 1);

    private final TestEngine engine = new TestEngine();
    private final QueryEngine queries = new QueryEngine(engine.engine, LIMITS, InstantSource.system());

    @AfterAll
    void close() {
        engine.close();
    }

    private static String chain(int count, String between, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(between));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("parentheses", n -> "SELECT " + "(".repeat(n) + "1" + ")".repeat(n), 100, 5_000),
                shape("calls", n -> "SELECT " + "upper(".repeat(n) + "'a'" + ")".repeat(n), 100, 5_000),
                shape("sub-queries", n -> "SELECT * FROM (".repeat(n) + "SELECT 1 AS x" + ")".repeat(n), 50, 2_000),
                shape("cases", n -> "SELECT " + "CASE WHEN 1 = 1 THEN ".repeat(n) + "1" + " END".repeat(n), 50, 5_000),
                shape(
                        "nullifs",
                        n -> "SELECT " + "nullif(".repeat(n) + "id" + ", 'x')".repeat(n) + " FROM sys_invocation",
                        5,
                        40),
                shape(
                        "switches",
                        n -> "SELECT " + "CASE ".repeat(n) + "id" + " WHEN 'a' THEN 'b' WHEN 'c' THEN 'd' END".repeat(n)
                                + " FROM sys_invocation",
                        4,
                        40),
                shape("nots", n -> "SELECT " + "NOT ".repeat(n) + "true", 200, 10_000),
                shape("minuses", n -> "SELECT " + "- ".repeat(n) + "1", 200, 10_000),
                shape(
                        "ors",
                        n -> "SELECT id FROM sys_invocation WHERE " + chain(n, " OR ", i -> "id = 'inv_" + i + "'"),
                        400,
                        100_000),
                shape(
                        "ands",
                        n -> "SELECT id FROM sys_invocation WHERE " + chain(n, " AND ", i -> "id <> 'inv_" + i + "'"),
                        400,
                        50_000),
                shape("concatenations", n -> "SELECT " + chain(n, " || ", i -> "'" + i + "'"), 200, 50_000),
                shape("sums", n -> "SELECT " + chain(n, " + ", String::valueOf), 400, 50_000),
                shape(
                        "in",
                        n -> "SELECT id FROM sys_invocation WHERE id IN (" + chain(n, ",", i -> "'inv_" + i + "'")
                                + ")",
                        4_000,
                        90_000),
                shape("unions", n -> chain(n, " UNION ALL ", i -> "SELECT " + i), 100, 20_000),
                shape("columns", n -> "SELECT " + chain(n, ",", i -> "repeat('x', 10) AS c" + i), 200, 30_000),
                shape(
                        "cube",
                        n -> "SELECT count(*) FROM (SELECT " + chain(n, ",", i -> "1 AS c" + i)
                                + ") AS t GROUP BY CUBE(" + chain(n, ",", i -> "c" + i) + ")",
                        5,
                        30));
    }

    private static Arguments shape(String name, IntFunction<String> sql, int possible, int tooMuch) {
        return Arguments.of(name, sql.apply(possible), sql.apply(tooMuch));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void shape_withinTheBounds_isAnswered_beyondThem_isRefusedWithAReason(String name, String possible, String tooMuch)
            throws Throwable {
        assertThat(answer(possible)).isNotNull();
        assertThatThrownBy(() -> answer(tooMuch))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isIn(Reason.SYNTAX, Reason.LIMIT))
                .hasMessageContaining("the query");
        assertThat(first(queries, "SELECT 1")).containsExactly(1);
    }

    /** On a thread like those of {@link QueryHandler}. */
    private List<@Nullable Object> answer(String sql) throws Throwable {
        FutureTask<List<@Nullable Object>> task = new FutureTask<>(() -> first(queries, sql));
        Thread.ofPlatform().stackSize(QueryHandler.STACK_BYTES).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    @Test
    void manyJoins_arePlannedWithinTheTimeLimit() {
        QueryEngine hasty = new QueryEngine(
                engine.engine, new QueryLimits(Duration.ofSeconds(2), 1 << 20, 1, 1), InstantSource.system());
        String sql = "SELECT count(*) FROM sys_invocation a0"
                + chain(30, "", i -> " JOIN sys_invocation b" + i + " ON b" + i + ".id = a0.id");
        long begin = System.nanoTime();
        try {
            first(hasty, sql);
        } catch (QueryException e) {
            assertThat(e.reason()).isEqualTo(Reason.LIMIT);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }
}
