package dev.reprise.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one process has used since it started. A process that has ended has used nothing.
 *
 * @param cpuMillis time on a core, user and system; the kernel counts in steps of 10 ms
 * @param writtenBytes {@code write_bytes}: pages it has made dirty. A system with large folios in its page cache counts
 *     a whole folio for each small write into it
 * @param residentKib memory resident now
 * @param peakKib the most memory resident since the start, or since {@link #resetPeak}
 */
public record ProcessUsage(long cpuMillis, long writtenBytes, long residentKib, long peakKib) {
    private static final ProcessUsage NOTHING = new ProcessUsage(0, 0, 0, 0);
    private static final int MILLIS_PER_TICK = 10;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final Pattern NUMBER = Pattern.compile("(\\w+):\\s+(\\d+)( kB)?");

    /** A reading now. */
    public static ProcessUsage of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            Map<String, Long> numbers = new HashMap<>();
            for (String file : List.of("io", "status")) {
                Files.readAllLines(folder.resolve(file)).forEach(line -> addNumber(numbers, line));
            }
            return new ProcessUsage(
                    cpuMillis(Files.readString(folder.resolve("stat"))),
                    numbers.getOrDefault("write_bytes", 0L),
                    numbers.getOrDefault("VmRSS", 0L),
                    numbers.getOrDefault("VmHWM", 0L));
        } catch (IOException _) {
            return NOTHING; // it has ended
        }
    }

    /** The time on a core that a line of {@code /proc/<pid>/stat} tells. */
    static long cpuMillis(String stat) {
        // The name of the program, in parentheses, may contain anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * MILLIS_PER_TICK;
    }

    private static void addNumber(Map<String, Long> numbers, String line) {
        Matcher matcher = NUMBER.matcher(line);
        if (matcher.matches()) {
            numbers.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
    }

    /** The time on a core that a process and its children, theirs included, have spent so far. */
    public static long cpuMillisOfTree(long pid) {
        long own = of(pid).cpuMillis;
        return own
                + ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToLong(child -> of(child.pid()).cpuMillis)
                        .sum();
    }

    /** Lets {@link #peakKib} begin anew. Where that is not allowed, it goes on from the start of the process. */
    public static boolean resetPeak(long pid) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** What was used since an earlier reading; memory as it is now. */
    public ProcessUsage since(ProcessUsage earlier) {
        return new ProcessUsage(
                Math.max(0, cpuMillis - earlier.cpuMillis),
                Math.max(0, writtenBytes - earlier.writtenBytes),
                residentKib,
                peakKib);
    }
}
