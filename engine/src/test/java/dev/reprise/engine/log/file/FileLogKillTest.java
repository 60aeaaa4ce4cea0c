package dev.reprise.engine.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.log.Following;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogRecord;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends, again and again, and holds the log to what the process said is durable. */
@Tag("process")
class FileLogKillTest {
    private static final int ROUNDS = 4;

    @TempDir
    private Path folder;

    @Test
    void process_killedWhileAppending_losesNothingItReported() throws IOException, InterruptedException {
        Random random = new Random(9);
        SortedMap<Long, Long> seeds = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            killOne(round, 300 + random.nextInt(3_000), seeds);
            try (Log log = FileLog.open(folder, FileLogOptions.DEFAULT);
                    Following following = new Following(log, 0, 0)) {
                // One partition: LSNs have no gaps.
                for (LogRecord record : following.next(seeds.lastKey().intValue())) {
                    assertThat(seeds).containsEntry(record.lsn(), record.appendTimeMillis());
                    assertThat(record.payload()).isEqualTo(Appender.payload(record.appendTimeMillis()));
                }
            }
        }
    }

    /** Runs an appender until it has reported some records, kills it, and notes all it reported. */
    private void killOne(int round, int records, SortedMap<Long, Long> seeds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        folder.toString(),
                        Long.toString(1_000_000L * round),
                        Long.toString(seeds.isEmpty() ? 0 : seeds.lastKey()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (DataInputStream reports = new DataInputStream(process.getInputStream())) {
            for (int i = 0; i < records; i++) {
                note(reports, seeds);
            }
            // By the handle: the process itself would close the stream of reports, too.
            process.toHandle().destroyForcibly();
            while (true) {
                note(reports, seeds);
            }
        } catch (EOFException e) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("killed by signal 9").isEqualTo(137);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void note(DataInputStream reports, SortedMap<Long, Long> seeds) throws IOException {
        long lsn = reports.readLong();
        seeds.put(lsn, reports.readLong());
    }
}
