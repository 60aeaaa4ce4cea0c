package dev.reprise.benchmarks.lab;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one side showed in one round.
 *
 * @param measurement the kind of measurement, which has a table of its own
 * @param work what was measured, such as {@code noop C=16}
 * @param side server and service
 * @param round 1 and up
 * @param values numbers by the name of their column, in the order of the columns
 */
public record Row(String measurement, String work, String side, int round, Map<String, Double> values) {
    public Row {
        values = new LinkedHashMap<>(values);
    }
}
