package dev.reprise.examples.demo;

import dev.reprise.examples.trip.TaskLog;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** What the tasks did in the two processes, beside what the journal had recorded when the first was killed. */
record Timeline(List<TaskLog.Line> lines, Journal before, Journal after, long first, long second) {
    private static final int WIDTH = 44;

    /** What {@link dev.reprise.examples.trip.TripPlanner} combines, and how. */
    private static final List<Group> GROUPS = List.of(
            new Group("any: the first airline that has a seat", List.of("flight with Condor", "flight with Lufthansa")),
            new Group("a single task", List.of("hotel")),
            new Group("race: a car, or a timer", List.of("rental car", "car timeout")),
            new Group(
                    "allSettled: as many tickets as there are",
                    List.of("museum ticket", "opera ticket", "concert ticket")));

    /** Tasks that one combinator waits for. */
    private record Group(String combinator, List<String> tasks) {}

    /** The time that the bars cover. */
    private record Axis(long startMillis, long endMillis) {
        int cell(long atMillis) {
            return Math.clamp((atMillis - startMillis) * (WIDTH - 1) / (endMillis - startMillis), 0, WIDTH - 1);
        }
    }

    void print(PrintStream out) {
        long start = lines.isEmpty() ? 0 : lines.getFirst().atMillis();
        long end = lines.isEmpty() ? 1 : Math.max(start + 1, lines.getLast().atMillis());
        out.printf("%-24s %-" + WIDTH + "s%n", "", "0 ms" + " ".repeat(WIDTH - 12) + (end - start) + " ms");
        for (Group group : GROUPS) {
            out.println(group.combinator());
            for (String task : group.tasks()) {
                out.printf("  %-22s %s %s%n", task, bar(task, new Axis(start, end)), verdict(task));
            }
        }
        out.printf(
                "%n  ▓ in process %d    ░ in process %d    ┊ SIGKILL    · timer    %d journal entries then, %d now%n",
                first, second, before.entries(), after.entries());
    }

    /** What happened, in one sentence. */
    String summary() {
        long again = after.runs().stream()
                .filter(task -> time(task, second, false).isPresent())
                .count();
        return "Process %d had recorded %d of %d tasks when it was killed; process %d took their results from the journal, ran %s, and went on from there."
                .formatted(
                        first,
                        before.recorded().size(),
                        after.runs().size(),
                        second,
                        again == 1 ? "the other one again" : "the other " + again + " again");
    }

    /** The tasks the journal held when the process was killed, and whose code ran in the next process all the same. */
    List<String> ranTwiceThoughRecorded() {
        return before.recorded().keySet().stream()
                .filter(task -> time(task, second, false).isPresent())
                .toList();
    }

    private String verdict(String task) {
        if (!after.runs().contains(task)) {
            return after.fired().containsKey(task) ? "fired when it was due, in spite of the kill" : "did not fire";
        }
        boolean again = time(task, second, false).isPresent();
        String kept = before.recorded().containsKey(task)
                ? again ? "recorded, but RUN AGAIN" : "recorded, replayed"
                : again ? "not recorded, run again" : "not recorded, not run again";
        return kept + outcome(task);
    }

    private String outcome(String task) {
        String failure = after.recorded().get(task);
        if (failure == null) {
            return "; too slow: nobody waits for it";
        }
        return failure.isEmpty() ? "" : "; failed: " + failure;
    }

    private String bar(String task, Axis axis) {
        char[] cells = " ".repeat(WIDTH).toCharArray();
        long killed = lines.stream()
                .filter(line -> line.process() == first)
                .mapToLong(TaskLog.Line::atMillis)
                .max()
                .orElse(axis.startMillis());
        Long due = after.fired().get(task);
        if (due != null) {
            Arrays.fill(cells, 0, axis.cell(due) + 1, '·');
        }
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
