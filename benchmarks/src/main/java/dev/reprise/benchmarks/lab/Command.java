package dev.reprise.benchmarks.lab;

import java.util.List;
import java.util.Map;

/**
 * How to start a process. The process that it starts must itself be the one that works, not a parent of it: its CPU
 * time and memory are measured, and it is the one that is killed.
 *
 * @param words the program and its arguments
 * @param environment variables beside those of the benchmark
 */
public record Command(List<String> words, Map<String, String> environment) {
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** The same with placeholders in its words replaced. */
    public Command filledWith(Map<String, String> values) {
        return new Command(words.stream().map(word -> fill(word, values)).toList(), environment);
    }

    private static String fill(String word, Map<String, String> values) {
        String filled = word;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
