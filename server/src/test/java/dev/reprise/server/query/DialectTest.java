package dev.reprise.server.query;

import static dev.reprise.server.query.Answers.first;
import static dev.reprise.server.query.Answers.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryLimits;
import dev.reprise.server.query.output.Column;
import dev.reprise.server.query.output.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL of Restate's server, whoever sends it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DialectTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:34:56.789Z");

    private final TestEngine engine = new TestEngine();
    private final QueryEngine queries = new QueryEngine(engine.engine, QueryLimits.DEFAULT, InstantSource.fixed(NOW));

    @AfterAll
    void close() {
        engine.close();
    }

    /** The queries that the CLI, the UI and the SDKs' own tests send, of their shapes. */
    static Stream<String> queriesOfClients() throws IOException {
        try (InputStream in = DialectTest.class.getResourceAsStream("client-queries.sql")) {
            if (in == null) {
                throw new IOException("client-queries.sql must lie beside this test");
            }
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("\\n\\n", -1)).filter(sql -> !sql.isBlank());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "t ->> 'a' # x",
                "t->>'n' # 1",
                "t ->> 'z' # null",
                "t ->> 'missing' # null",
                "t -> 'o' # {\"p\":[10,\"q\"]}",
                "t -> 'o' -> 'p' ->> 1 # q",
                "(t -> 'o') ->> 'p' # [10,\"q\"]",
                "v.t ->> 'a' || '!' # x!",
                "upper(t ->> 'a') # X",
                "upper(concat(t, '')) ->> 'A' # X",
                "json_get_str(t, 'a') # x",
                "json_get_str(t, 'n') # null",
                "json_as_text(t, 'o') # {\"p\":[10,\"q\"]}",
                "'no json' ->> 'a' # null",
                "'it''s (no' || (t ->> 'a') # it's (nox"
            })
    void json_isLookedInto(String expression, String expected) {
        assertThat(
                        first(
                                queries,
                                "SELECT " + expression
                                        + " AS x FROM (VALUES ('{\"a\":\"x\",\"n\":1,\"z\":null,\"o\":{\"p\":[10,\"q\"]}}')) AS v(t)"))
                .isEqualTo(Collections.singletonList(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT name ->> name FROM sys_service", "SELECT name ->> FROM sys_service"})
    void arrow_withoutOperands_isRefused(String sql) {
        assertThatThrownBy(() -> queries.query(sql).close())
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("expected json ->> 'key'");
    }

    @Test
    void parameter_withoutValue_isRefused() {
        assertThatThrownBy(() -> queries.query("SELECT name FROM sys_service WHERE name = ?")
                        .close())
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("found a ? that has none at line 1, column 43");
    }

    @ParameterizedTest
    @CsvSource({
        "MILLISECOND, 1500",
        "SECOND, 1",
        "MINUTE, 0",
    })
    void timestampDiff_isInTheUnitThatIsNamed(String unit, long expected) {
        String sql = "SELECT TIMESTAMPDIFF(" + unit + ", TIMESTAMP '2026-01-31 12:00:00', a) FROM"
                + " (VALUES (TIMESTAMP '2026-01-31 12:00:01.500')) AS v(a)";
        assertThat(first(queries, sql))
                .hasSize(1)
                .first()
                .extracting(n -> ((Number) n).longValue())
                .isEqualTo(expected);
    }

    @Test
    void approxDistinct_countsExactly() {
        assertThat(first(queries, "SELECT approx_distinct(x) FROM (VALUES (1), (2), (1)) AS v(x)"))
                .containsExactly(2L);
    }

    @ParameterizedTest
    @MethodSource("queriesOfClients")
    void queryOfAClient_isAnswered(String sql) {
        try (QueryResult result = queries.query(sql)) {
            assertThat(result.columns()).isNotEmpty();
            while (result.next() != null) {
                assertThat(result.rowsRead()).isNotNegative();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "count(*) # count(*)",
                "count(1) # count(Int64(1))",
                "max(name) # max(sys_service.name)",
                "name || 'x' # sys_service.name || Utf8(\"x\")",
                "1 # Int64(1)",
                "now() # now()",
                "NAME AS FoO # foo",
                "NAME AS \"FoO\" # FoO",
                "first_value(name ORDER BY name) AS f # f"
            })
    void column_withoutAName_isNamedAsByDataFusion(String item, String name) {
        try (QueryResult result =
                queries.query("SELECT " + item + " FROM sys_service" + (item.contains("(") ? "" : " LIMIT 1"))) {
            assertThat(result.columns().getFirst().name()).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "now() | 1769862896789",
                "now() - interval '1 hour' | 1769859296789",
                "now() - interval '1' hour | 1769859296789",
                "now() - interval '1 hour 30 minutes' | 1769857496789",
                "now() + interval '500 ms' | 1769862897289",
                "now() - to_timestamp('2026-01-31T12:34:56Z') | 789",
                "7 - 2 | 5",
                "date_trunc('hour', now()) | 1769860800000",
                "date_bin(interval '1 day', now(), timestamp '1970-01-01T00:00:00') | 1769817600000",
                "to_timestamp('2026-01-31T12:34:56.789Z') | 1769862896789",
                "to_timestamp('2026-01-31 12:34:56+01:00') | 1769859296000",
                "to_timestamp('2026-01-31') | 1769817600000",
                "to_timestamp(5) | 5000",
                "to_unixtime(now()) | 1769862896",
                "date_part('hour', now()) | 12.0",
                "extract(minute from now()) | 34",
                "length('äöü') | 3",
                "substr('abcdef', 2, 3) | bcd",
                "strpos('abc', 'c') | 3",
                "starts_with('abc', 'ab') | true",
                "greatest(1, 3, 2) | 3",
                "coalesce(null, 'x') | x",
                "encode(x'ff00', 'hex') | ff00",
                "'it''s -- no comment' | it's -- no comment",
                "1 /* a comment */ + 1 | 2",
                "7 / 2 | 3",
                "1 == 1 | true"
            })
    void expression_hasThisValue(String expression, String value) {
        assertThat(first(queries, "SELECT " + expression))
                .singleElement()
                .asString()
                .isEqualTo(value);
    }

    @Test
    void text_ofAnyLength_isRead() {
        String text = "it is so, ".repeat(10_000);
        assertThat(first(queries, "SELECT length('" + text + "''')")).containsExactly(text.length() + 1L);
    }

    @Test
    void arrays_canBeLookedInto() {
        assertThat(rows(
                        queries,
                        "SELECT array_length(services) AS n, services[1] AS f, array_has(services, 'Flow') AS h,"
                                + " array_to_string(services, '+') AS s FROM sys_deployment"))
                .containsExactly(Map.of("n", 3L, "f", "All", "h", true, "s", "All+Counter+Flow"));
    }

    @Test
    void texts_ofACase_keepTheirLengths() {
        assertThat(first(
                        queries,
                        "SELECT CASE WHEN ty = 'workflow' THEN 'w' ELSE 'other' END FROM sys_service ORDER BY name"))
                .containsExactly("other", "other", "w");
    }

    @Test
    void firstValue_ofAnOrder_isTheFirstOfIt() {
        assertThat(first(queries, "SELECT first_value(name ORDER BY name DESC) FROM sys_service"))
                .containsExactly("Flow");
    }

    @Test
    void times_areComparedWithTexts() {
        assertThat(first(
                        queries,
                        "SELECT count(*) FROM sys_deployment WHERE created_at > '2023-11-14T22:13:19.999Z'"
                                + " AND created_at < '2023-11-14 22:13:21'"))
                .containsExactly(1L);
    }

    @Test
    void statements_thatShowTheSchema_areAnswered() {
        assertThat(rows(queries, "show tables;"))
                .extracting(row -> row.get("table_name"))
                .contains("state");
        assertThat(rows(queries, "DESCRIBE sys_service"))
                .contains(Map.of("column_name", "revision", "data_type", "UInt64", "is_nullable", "YES"));
        assertThat(first(queries, "SELECT count(*) FROM restate.public.sys_service"))
                .containsExactly(3L);
        assertThat(first(queries, "SELECT count(*) FROM public.sys_service")).containsExactly(3L);
    }

    @Test
    void showColumns_namesThem() {
        assertThat(rows(queries, "SHOW COLUMNS FROM state"))
                .contains(Map.of(
                        "table_catalog", "restate",
                        "table_schema", "public",
                        "table_name", "state",
                        "column_name", "key",
                        "data_type", "LargeUtf8",
                        "is_nullable", "YES"));
    }

    @Test
    void explain_showsBothPlans() {
        List<Map<String, Object>> plans =
                rows(queries, "explain SELECT id FROM sys_invocation WHERE status = 'paused'");

        assertThat(plans).extracting(row -> row.get("plan_type")).containsExactly("logical_plan", "physical_plan");
        assertThat(plans)
                .extracting(row -> String.valueOf(row.get("plan")))
                .allSatisfy(plan -> assertThat(plan).contains("sys_invocation", "paused"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EXPLAIN ANALYZE SELECT 1 | EXPLAIN ANALYZE is not supported
            SELECT arrow_cast(1, 'Int8') | arrow_cast
            SELECT * FROM nope | Object 'nope' not found; information_schema.tables names the tables
            SELECT nope FROM state | Column 'nope' not found in any table; information_schema.columns names the columns
            SELECT s.nope FROM state s | Column 'nope' not found in table 's'; information_schema.columns names
            SELEC 1 | illegal context at line 1, column 1
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY retry_count) FROM sys_invocation | not supported here
            """)
    void unsupportedOrUnknown_isNamed(String sql, String message) {
        assertThatThrownBy(() -> queries.query(sql))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(message);
    }

    @Test
    void currentDate_isADay() {
        try (QueryResult result = queries.query("SELECT current_date AS today")) {
            assertThat(result.columns()).containsExactly(new Column("today", ColumnType.DATE));
            assertThat(result.next())
                    .isEqualTo(new Object[] {(int) LocalDate.of(2026, 1, 31).toEpochDay()});
        }
    }

    @Test
    void sum_ofUnsignedNumbers_isOne() {
        try (QueryResult result = queries.query("SELECT sum(revision) AS s, avg(revision) AS a FROM sys_service")) {
            assertThat(result.columns())
                    .containsExactly(new Column("s", ColumnType.UINT64), new Column("a", ColumnType.FLOAT64));
            assertThat(result.next()).isEqualTo(new Object[] {BigDecimal.valueOf(3), 1.0});
            assertThat(result.next()).isNull();
        }
    }

    @Test
    void order_withoutMore_putsNullLast() {
        assertThat(first(
                        queries,
                        "SELECT CASE WHEN name = 'All' THEN null ELSE name END AS n FROM sys_service ORDER BY n"))
                .containsExactly("Counter", "Flow", null);
    }

    @Test
    void list_ofMany_isNotLimited() {
        String ids = String.join(",", Collections.nCopies(200, "'Flow'"));
        assertThat(first(queries, "SELECT name FROM sys_service WHERE name IN (" + ids + ")"))
                .isEqualTo(List.of("Flow"));
    }
}
