package dev.reprise.engine.partition.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The words of a scenario's line: plain ones in order, and options {@code name=value}, where value is not empty. */
public final class Words {
    private final Deque<String> plain = new ArrayDeque<>();
    private final TreeMap<String, String> options = new TreeMap<>();

    public Words(List<String> words) {
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                options.put(word.substring(0, equals), word.substring(equals + 1));
            } else {
                plain.add(word);
            }
        }
    }

    public String next() {
        return plain.remove();
    }

    public int number() {
        return Integer.parseInt(next());
    }

    public boolean isEmpty() {
        return plain.isEmpty();
    }

    public boolean takes(String word) {
        return word.equals(plain.peek()) && plain.poll() != null;
    }

    public @Nullable String option(String name) {
        return options.get(name);
    }

    public String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    public Deque<String> rest() {
        return plain;
    }
}
