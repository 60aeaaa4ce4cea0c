package dev.reprise.benchmarks.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows as tables in Markdown: one for each measurement, medians over the rounds, and one of ratios where there are two
 * sides.
 */
public final class Tables {
    /** What must not be there at all is added up. */
    private static final Set<String> SUMS = Set.of("failures", "wrong", "violations", "lost");
    /** Of these the worst round counts. */
    private static final Set<String> MAXIMA = Set.of("others_pct");
    /** Of these the rounds' extremes are shown, too. */
    private static final Set<String> SPREAD = Set.of("per_s", "p50_ms", "seconds", "with_to_without");
    /** Columns of which a ratio says nothing. */
    private static final Set<String> NO_RATIO =
            Set.of("idle_pct", "others_pct", "failures", "wrong", "violations", "lost");

    private Tables() {}

    /** What the rounds of one side showed of one work. */
    private record Group(String work, String side, List<Row> rows) {
        double value(String column) {
            double[] values = rows.stream()
                    .mapToDouble(row -> row.values().getOrDefault(column, 0.0))
                    .sorted()
                    .toArray();
            if (SUMS.contains(column)) {
                return Arrays.stream(values).sum();
            }
            int middle = values.length / 2;
            if (MAXIMA.contains(column)) {
                return values[values.length - 1];
            }
            return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        }

        String cell(String column) {
            String value = number(value(column));
            if (!SPREAD.contains(column) || rows.size() == 1) {
                return value;
            }
            var statistics = rows.stream()
                    .mapToDouble(row -> row.values().getOrDefault(column, 0.0))
                    .summaryStatistics();
            return value + " (" + number(statistics.getMin()) + "–" + number(statistics.getMax()) + ")";
        }
    }

    /** All tables. */
    public static String render(List<Row> rows) {
        Map<String, List<Row>> measurements =
                rows.stream().collect(Collectors.groupingBy(Row::measurement, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        measurements.forEach((name, found) -> {
            List<Group> groups = groups(found);
            List<String> columns = columns(found);
            text.append("### ").append(name).append("\n\n").append(values(groups, columns));
            text.append(ratios(groups, columns));
        });
        return text.toString();
    }

    private static List<Group> groups(List<Row> rows) {
        Map<List<String>, List<Row>> byWork = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.work(), row.side()), LinkedHashMap::new, Collectors.toList()));
        List<Group> groups = new ArrayList<>();
        List<String> works = rows.stream().map(Row::work).distinct().toList();
        for (String work : works) {
            byWork.forEach((key, found) -> {
                if (key.getFirst().equals(work)) {
                    groups.add(new Group(work, key.getLast(), found));
                }
            });
        }
        return groups;
    }

    private static List<String> columns(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row.values().keySet().stream())
                .distinct()
                .toList();
    }

    private static String values(List<Group> groups, List<String> columns) {
        StringBuilder text = new StringBuilder(head("work", "side", columns));
        for (Group group : groups) {
            text.append("| ")
                    .append(group.work)
                    .append(" | ")
                    .append(group.side)
                    .append(" |");
            columns.forEach(
                    column -> text.append(' ').append(group.cell(column)).append(" |"));
            text.append('\n');
        }
        return text.append('\n').toString();
    }

    private static String ratios(List<Group> groups, List<String> columns) {
        List<String> sides = groups.stream().map(Group::side).distinct().toList();
        if (sides.size() != 2) {
            return "";
        }
        List<String> compared =
                columns.stream().filter(column -> !NO_RATIO.contains(column)).toList();
        String first = sides.getFirst();
        StringBuilder text = new StringBuilder(head("work", first + " ÷ " + sides.getLast(), compared));
        for (String work : groups.stream().map(Group::work).distinct().toList()) {
            Map<String, Group> both = groups.stream()
                    .filter(group -> group.work.equals(work))
                    .collect(Collectors.toMap(Group::side, group -> group));
            Group one = both.get(first);
            Group other = both.get(sides.getLast());
            if (one != null && other != null) {
                text.append("| ").append(work).append(" | |");
                compared.forEach(column -> text.append(ratio(one.value(column), other.value(column))));
                text.append('\n');
            }
        }
        return text.append('\n').toString();
    }

    private static String ratio(double one, double other) {
        return other == 0 ? " – |" : String.format(Locale.ROOT, " %.2f |", one / other);
    }

    private static String head(String first, String second, List<String> columns) {
        return "| " + first + " | " + second + " | " + String.join(" | ", columns) + " |\n" + "|---|---"
                + "|---:".repeat(columns.size()) + "|\n";
    }

    /** About three digits. */
    public static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(
                Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : Math.abs(value) >= 0.1 ? "%.2f" : "%.3f", value);
    }
}
