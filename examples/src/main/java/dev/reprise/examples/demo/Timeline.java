package dev.reprise.examples.demo;

import dev.reprise.examples.trip.TaskLog;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalLong;

/** What the tasks did in the two processes, beside what the journal had recorded when the first was killed. */
record Timeline(List<TaskLog.Line> lines, Journal before, Journal after, long first, long second) {
    private static final int WIDTH = 44;

    /** The time that the bars cover. */
    private record Axis(long startMillis, long endMillis) {
        int cell(long atMillis) {
            return Math.clamp((atMillis - startMillis) * (WIDTH - 1) / (endMillis - startMillis), 0, WIDTH - 1);
        }
    }

    void print(PrintStream out) {
        long start = lines.isEmpty() ? 0 : lines.getFirst().atMillis();
        long end = lines.isEmpty() ? 1 : Math.max(start + 1, lines.getLast().atMillis());
        out.printf("%-22s %-" + WIDTH + "s %s%n", "task", "0 ms" + " ".repeat(WIDTH - 12) + (end - start) + " ms", "");
        for (String task : after.runs()) {
            out.printf("%-22s %s %s%n", task, bar(task, new Axis(start, end)), verdict(task));
        }
        out.printf(
                "%n  ▓ in process %d    ░ in process %d    ┊ SIGKILL    %d journal entries then, %d now%n",
                first, second, before.entries(), after.entries());
    }

    /** The tasks the journal held when the process was killed, and whose code ran in the next process all the same. */
    List<String> ranTwiceThoughRecorded() {
        return before.recorded().stream()
                .filter(task -> time(task, second, false).isPresent())
                .toList();
    }

    private String verdict(String task) {
        boolean again = time(task, second, false).isPresent();
        if (before.recorded().contains(task)) {
            return again ? "recorded, but RUN AGAIN" : "recorded, replayed";
        }
        return again ? "not recorded, run again" : "not recorded, not run again";
    }

    private String bar(String task, Axis axis) {
        char[] cells = " ".repeat(WIDTH).toCharArray();
        long killed = lines.stream()
                .filter(line -> line.process() == first)
                .mapToLong(TaskLog.Line::atMillis)
                .max()
                .orElse(axis.startMillis());
        fill(cells, '▓', task, first, axis, killed);
        fill(cells, '░', task, second, axis, axis.endMillis());
        cells[axis.cell(killed)] = '┊';
        return new String(cells);
    }

    private void fill(char[] cells, char mark, String task, long process, Axis axis, long open) {
        OptionalLong from = time(task, process, false);
        if (from.isEmpty()) {
            return;
        }
        long to = time(task, process, true).orElse(open);
        for (int i = axis.cell(from.getAsLong()); i <= axis.cell(to); i++) {
            cells[i] = mark;
        }
    }

    private OptionalLong time(String task, long process, boolean ended) {
        return lines.stream()
                .filter(line -> line.task().equals(task) && line.process() == process && line.ended() == ended)
                .mapToLong(TaskLog.Line::atMillis)
                .findFirst();
    }
}
