package dev.reprise.testkit.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An order as a file: one event per line, and how the object's state was provided.
 *
 * @param lazyState whether the handler had to ask for its state
 * @param events what happened, in order
 */
record OrderFile(boolean lazyState, List<Event> events) {
    private static final String LAZY = "state lazy";
    private static final String EAGER = "state eager";

    static OrderFile read(Path path) {
        List<Event> events = new ArrayList<>();
        boolean lazy = false;
        for (String line : lines(path)) {
            String text = line.strip();
            if (text.equals(LAZY)) {
                lazy = true;
            } else if (!text.isEmpty() && !text.startsWith("#") && !text.equals(EAGER)) {
                events.add(Event.parse(text));
            }
        }
        return new OrderFile(lazy, List.copyOf(events));
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected an order in " + path.toAbsolutePath() + ", found none to read.", e);
        }
    }

    /** Writes the file, with what happened as comments. */
    void write(Path path, List<String> timeline) {
        List<String> lines = new ArrayList<>();
        timeline.forEach(line -> lines.add("# " + line));
        lines.add(lazyState ? LAZY : EAGER);
        events.forEach(event -> lines.add(event.toString()));
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.write(path, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected to write the order that failed to " + path.toAbsolutePath() + ".", e);
        }
    }
}
