package dev.reprise.server.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a JVM of its own, which has the server's collector. */
@Timeout(120)
@Tag("process")
final class OldGenerationTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"watched, 0, 400", "alone, 800, 1024"})
    void oldGeneration_throughWhichMuchPasses_growsOnlyWhenNobodyWatches(String how, long fromMib, long toMib)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-Xms64m",
                        "-Xmn32m",
                        "-XX:-ShrinkHeapInSteps",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Filler.class.getName(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(Long.parseLong(printed.lines().findFirst().orElseThrow())).isBetween(fromMib, toMib);
        if (how.equals("watched")) {
            assertThat(printed.lines().skip(1)).containsExactly("returned");
        }
    }

    /**
     * Lets 2 GiB pass through the old generation, 16 MiB of it in use, and prints the most MiB the heap had of the
     * machine. When it is watched, it then rests until most of that has been returned.
     */
    static final class Filler {
        private Filler() {}

        @SuppressWarnings("SystemOut") // how a process answers
        public static void main(String[] args) throws IOException {
            if (args[0].equals("watched")) {
                OldGeneration.keepSmall(Duration.ofMillis(200));
            }
            Deque<byte[]> inUse = new ArrayDeque<>();
            long most = 0;
            for (int i = 0; i < 32 << 10; i++) {
                inUse.add(new byte[64 << 10]);
                if (inUse.size() > 256) {
                    inUse.remove();
                }
                most = Math.max(most, committed());
            }
            System.out.println(most / MIB);
            if (args[0].equals("watched")) {
                inUse.clear();
                while (committed() > 100 * MIB) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                System.out.println("returned");
            }
        }

        private static long committed() {
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        }
    }
}
