package dev.reprise.engine.log.file;

import static dev.reprise.engine.log.Following.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.log.Following;
import dev.reprise.engine.log.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that holds little takes little room. */
class SegmentGrowthTest {
    private static final int MIB = 1 << 20;
    private static final String RECORD = "x".repeat(64 << 10);

    @TempDir
    private Path folder;

    @Test
    void newLog_withAFewRecords_takesThreeMebibytesAtMost() throws IOException {
        try (Log log = FileLog.open(folder, FileLogOptions.DEFAULT)) {
            write(log, 0, 3);
        }
        assertThat(sizes().stream().mapToLong(size -> size).sum()).isLessThanOrEqualTo(3 * MIB);
    }

    @Test
    void logThatIsWritten_filesGrowToTheirFullSize_alsoOverAReopening() throws IOException {
        FileLogOptions options = new FileLogOptions(4 * MIB, Duration.ofMillis(2), MIB);
        try (Log log = FileLog.open(folder, options)) {
            write(log, 0, 60);
        }
        try (Log log = FileLog.open(folder, options)) {
            write(log, 60, 200);
        }
        List<Long> sizes = sizes();
        assertThat(sizes).startsWith((long) MIB, 2L * MIB, 4L * MIB, 4L * MIB).isSorted();
        assertThat(sizes.getLast()).isEqualTo(4L * MIB);
        try (Log log = FileLog.open(folder, options);
                Following following = new Following(log, 0, 0)) {
            assertThat(following.next(200)).hasSize(200);
        }
    }

    private static void write(Log log, long afterLsn, int until) {
        try (Following following = new Following(log, 0, afterLsn)) {
            for (long written = afterLsn; written < until; written++) {
                append(log, 0, RECORD);
                assertThat(following.next(1)).hasSize(1);
            }
        }
    }

    /** The files' sizes, in their order. */
    private List<Long> sizes() throws IOException {
        List<Long> sizes = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.log")) {
            List<Path> sorted = new ArrayList<>();
            files.forEach(sorted::add);
            for (Path file : sorted.stream().sorted().toList()) {
                sizes.add(Files.size(file));
            }
        }
        return sizes;
    }
}
