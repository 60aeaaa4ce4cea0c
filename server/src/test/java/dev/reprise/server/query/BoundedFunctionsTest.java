package dev.reprise.server.query;

import static dev.reprise.server.query.Answers.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import dev.reprise.server.query.execution.QueryLimits;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions make is bounded, and so is their time; within the bounds they compute what they should. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class BoundedFunctionsTest {
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(1), 1 << 20, 1, 1);

    private final TestEngine engine = new TestEngine();
    private final QueryEngine queries = new QueryEngine(engine.engine, LIMITS, InstantSource.system());

    /** The first query of a JVM loads the planner, which takes its time. */
    @BeforeAll
    void warmUp() {
        QueryLimits patient = new QueryLimits(Duration.ofMinutes(10), 1 << 20, 1, 1);
        assertThat(first(new QueryEngine(engine.engine, patient, InstantSource.system()), "SELECT 1"))
                .singleElement()
                .isEqualTo(1);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "repeat('ab', 3) # ababab",
                "repeat('ab', -1) # ``",
                "lpad('abc', 5) # `  abc`",
                "lpad('abc', 6, 'xy') # xyxabc",
                "lpad('abc', 2, 'x') # ab",
                "rpad('abc', 6, 'xy') # abcxyx",
                "rpad('abc', 5) || '|' # `abc  |`",
                "'a' || 'b' || 'c' # abc",
                "concat('a', null, 'b') # ab",
                "concat_ws('-', 'a', null, 'b') # a-b",
                "replace('aXbX', 'X', 'yy') # ayybyy",
                "replace('abc', '', 'y') # abc",
                "regexp_replace('foobarbaz', 'b(..)', 'X\\1Y') # fooXarYbaz",
                "regexp_replace('foobarbaz', 'b..', 'X', 'g') # fooXX",
                "array_to_string(string_to_array('a,b,c', ','), '+') # a+b+c",
                "encode(x'ff00' || x'01', 'hex') # ff0001",
                "'abc' LIKE 'a%' # true",
                "'abc' LIKE '%b%' # true",
                "'abc' LIKE '_b_' # true",
                "'abc' LIKE 'ab' # false",
                "'abc' LIKE 'A%' # false",
                "'aXbXc' LIKE 'a%X%c' # true",
                "'' LIKE '%' # true",
                "'a' LIKE '' # false",
                "'a%c' LIKE 'a!%c' ESCAPE '!' # true",
                "'abc' LIKE 'a!%c' ESCAPE '!' # false",
                "'abc' NOT LIKE 'a%' # false",
                "'abc' ILIKE 'A%' # true",
                "'abc' NOT ILIKE 'X%' # true",
                "'abc' SIMILAR TO '(a|x)%' # true",
                "'abc' SIMILAR TO 'b' # false",
                "'a.c' SIMILAR TO 'a.c' # true",
                "'abc' SIMILAR TO 'a.c' # false",
                "'abc' NOT SIMILAR TO 'x%' # true",
                "'abc' ~ '^a' # true",
                "'abc' ~ '[[:digit:]]' # false",
                "'ABC' ~* 'b' # true",
                "'abc' !~ 'b' # false",
                "regexp_like('abc', 'B', 'i') # true",
                "CAST('12.5' AS DECIMAL(10, 1)) # 12.5",
                "CAST('12' AS BIGINT) # 12",
                "upper('ab') # AB",
                "substring('abcdef' from 2 for 3) # bcd",
                "trim('  a ') # a",
                "split_part('a.b.c', '.', 2) # b",
                "JSON_VALUE('{\"a\":\"x\"}', '$.a') # x"
            })
    void function_withinItsBounds_hasItsValue(String expression, String value) {
        assertThat(first(queries, "SELECT " + expression))
                .singleElement()
                .asString()
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repeat('ab', 2147483647)",
                "repeat(repeat('ab', 1000), 10000)",
                "lpad('a', 2147483647)",
                "lpad('a', 2147483647, 'xy')",
                "rpad('a', 2147483647)",
                "rpad('a', 2147483647, 'xy')",
                "replace(repeat('a', 1000), 'a', repeat('b', 1000))",
                "regexp_replace(repeat('a', 1000), 'a', repeat('b', 1000), 'g')",
                "regexp_replace(repeat('a', 10000), '(a+)', repeat('\\1', 1000))",
                "repeat('a', 60000) || repeat('b', 60000) || repeat('c', 60000)",
                "concat(repeat('a', 60000), repeat('b', 60000), repeat('c', 60000))",
                "concat_ws(repeat('a', 30000), 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j')",
                "array_to_string(string_to_array(repeat('a,', 1000), ','), repeat('b', 10000))",
                "array_to_string(string_to_array(repeat('a,', 20000), ','), '')",
                "CAST('a' AS CHAR(65536)) || CAST('b' AS CHAR(65536)) || CAST('c' AS CHAR(65536)) || repeat('d', 60000)",
                "JSON_VALUE(repeat('[', 60000), '$.a')",
                "JSON_QUERY('[' || repeat('1,', 30000) || '1]', '$')"
            })
    void value_beyondTheBound_isRefusedBeforeItIsMade(String expression) {
        assertThatThrownBy(() -> first(queries, "SELECT length(CAST(" + expression + " AS VARCHAR))"))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT));
        assertThatThrownBy(() -> first(
                        queries,
                        "SELECT name FROM sys_service WHERE length(name || CAST(" + expression + " AS VARCHAR)) > 0"))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repeat('a', 100) ~ '^(a+)+(\\1)*c$'",
                "regexp_like(repeat('a', 100), '^(a+)+(\\1)*c$')",
                "regexp_replace(repeat('a', 100), '^(a+)+(\\1)*c$', 'x') = 'x'",
                "repeat('a', 20000) SIMILAR TO '%a%a%a%a%a%a%b'"
            })
    void expression_thatTriesForYears_isEndedAtTheTimeLimit(String condition) {
        assertThatThrownBy(() -> first(queries, "SELECT " + condition))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT))
                .hasMessageContaining("1 s");
    }

    @Test
    void like_acrossLines_matches() {
        assertThat(first(queries, "SELECT 'ab\ncd' LIKE 'a%d'")).containsExactly(true);
    }

    @Test
    void like_withManyWildcards_isFast() {
        String pattern = "%a".repeat(200) + "b";
        assertThat(first(queries, "SELECT repeat('a', 20000) LIKE '" + pattern + "'"))
                .containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST('1e1000000000' AS DECIMAL(38, 0))",
                "CAST('1e1000000000' AS BIGINT)",
                "CAST(1e1000000000 AS DECIMAL(38, 0))",
                "1e1000000000 + 1"
            })
    void number_ofMillionsOfDigits_isRefused(String expression) {
        assertThatThrownBy(() -> first(queries, "SELECT " + expression))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("digits");
    }

    @Test
    void regularExpression_thatIsNone_saysSo() {
        assertThatThrownBy(() -> first(queries, "SELECT regexp_like('a', '(')"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("'(' is no regular expression");
    }
}
