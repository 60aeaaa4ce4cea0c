package dev.reprise.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How often this process's threads have gone to sleep, for disk or for another thread. Unlike a latency it hardly
 * depends on what else the machine does.
 */
final class ThreadSwitches {
    private static final String FIELD = "voluntary_ctxt_switches:";

    private ThreadSwitches() {}

    /** The sum over all threads alive; 0 where the system does not say. */
    static long count() {
        Path tasks = Path.of("/proc/self/task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.mapToLong(thread -> countOf(thread.resolve("status")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long countOf(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(FIELD))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(FIELD.length()).strip()))
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // the thread has ended
        }
    }
}
