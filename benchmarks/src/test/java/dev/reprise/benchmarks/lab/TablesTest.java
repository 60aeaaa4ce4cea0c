package dev.reprise.benchmarks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static Row row(String side, int round, double perSecond, double failures, double others) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("per_s", perSecond);
        values.put("others_pct", others);
        values.put("failures", failures);
        return new Row("compare", "noop C=1", side, round, values);
    }

    @Test
    void render_rounds_medianSpreadSumAndMaximum() {
        List<Row> rows = List.of(row("a/x", 1, 100, 0, 1), row("a/x", 2, 300, 1, 5), row("a/x", 3, 200, 1, 3));
        assertThat(Tables.render(rows)).isEqualTo("""
                ### compare

                | work | side | per_s | others_pct | failures |
                |---|---|---:|---:|---:|
                | noop C=1 | a/x | 200 (100–300) | 5 | 2 |

                """);
    }

    @Test
    void render_twoSides_ratioOfTheFirstToTheSecond() {
        List<Row> rows = List.of(row("a/x", 1, 300, 0, 1), row("b/x", 1, 200, 0, 1));
        assertThat(Tables.render(rows)).endsWith("""
                | work | a/x ÷ b/x | per_s |
                |---|---|---:|
                | noop C=1 | | 1.50 |

                """);
    }

    @Test
    void number_sizes_aboutThreeDigits() {
        assertThat(List.of(0.0, 0.0123, 0.456, 12.34, 1234.5, 7.0))
                .extracting(Tables::number)
                .containsExactly("0", "0.012", "0.46", "12.3", "1235", "7");
    }
}
