package dev.reprise.examples.trip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in which tasks note that they really ran: a line for each start and each end, with the process that did it.
 * Survives the process. Any thread.
 */
public final class TaskLog {
    private final Path file;

    /** A log in a file, which is created with the first line. */
    public TaskLog(Path file) {
        this.file = file;
    }

    /** One line. */
    public record Line(long process, long atMillis, String task, boolean ended) {}

    void started(String task) {
        append(task, "started");
    }

    void ended(String task) {
        append(task, "ended");
    }

    private synchronized void append(String task, String what) {
        String line = ProcessHandle.current().pid() + "|" + System.currentTimeMillis() + "|" + task + "|" + what + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All whole lines, in order. */
    public List<Line> read() throws IOException {
        List<Line> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return lines;
        }
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\\|", -1);
            if (parts.length == 4) {
                lines.add(new Line(
                        Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3].equals("ended")));
            }
        }
        return lines;
    }
}
