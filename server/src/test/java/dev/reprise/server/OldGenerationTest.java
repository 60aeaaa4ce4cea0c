package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a JVM of its own, which has the server's collector. */
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
                        "-Xmn32m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Filler.class.getName(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(Long.parseLong(printed.trim())).isBetween(fromMib, toMib);
    }

    /** Lets 2 GiB pass through the old generation, 16 MiB of it in use, and prints the most MiB the heap had of the machine. */
    static final class Filler {
        private Filler() {}

        @SuppressWarnings("SystemOut") // how a process answers
        public static void main(String[] args) throws IOException {
            if (args[0].equals("watched")) {
                OldGeneration.boundGrowth();
            }
            Deque<byte[]> inUse = new ArrayDeque<>();
            long most = 0;
            for (int i = 0; i < 32 << 10; i++) {
                inUse.add(new byte[64 << 10]);
                if (inUse.size() > 256) {
                    inUse.remove();
                }
                long now =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
                most = Math.max(most, now);
            }
            System.out.println(most / MIB);
        }
    }
}
