package dev.reprise.engine.log.file;

import static dev.reprise.engine.log.Following.append;
import static dev.reprise.engine.log.Following.numbered;
import static dev.reprise.engine.log.Following.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.Following;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogContractTest;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest extends LogContractTest {
    static final FileLogOptions SMALL = new FileLogOptions(4096, Duration.ofMillis(1), 8 << 20);

    @TempDir
    private Path folder;

    @Override
    protected Log open() {
        return FileLog.open(folder, SMALL);
    }

    static List<Path> segments(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void log_reopened_holdsEverythingAndGoesOn() {
        for (int round = 0; round < 5; round++) {
            try (Log log = open()) {
                numbered(round * 100, round * 100 + 100).forEach(text -> append(log, 0, text));
            }
        }
        try (Log log = open()) {
            assertThat(texts(log, 0, 0, 500)).isEqualTo(numbered(0, 500));
            assertThat(texts(log, 0, 450, 50)).isEqualTo(numbered(450, 500));
        }
    }

    /** As after a crash: what is not in the store yet is read at once, and must fit the heap. */
    @Test
    void poll_ofManyLargeRecords_givesFewAtATime() {
        try (Log log = FileLog.open(folder, FileLogOptions.DEFAULT)) {
            for (int i = 0; i < 40; i++) {
                log.append(0, i, Bytes.wrap(new byte[1 << 20]), Log.Urgency.NOW);
            }
        }
        try (Log log = FileLog.open(folder, FileLogOptions.DEFAULT);
                LogReader reader = log.open(0, 0, () -> {})) {
            List<Long> times = new ArrayList<>();
            while (times.size() < 40) {
                List<LogRecord> records = reader.poll(2_000);
                assertThat(records).hasSizeBetween(1, 9);
                records.forEach(record -> times.add(record.appendTimeMillis()));
            }
            assertThat(times).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void log_reopenedWithoutUse_addsNoFiles() throws IOException {
        for (int round = 0; round < 4; round++) {
            open().close();
        }
        assertThat(segments(folder)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void record_largerThanASegment_isKept() {
        String large = "x".repeat(50_000);
        try (Log log = open()) {
            List.of("before", large, "behind").forEach(text -> append(log, 0, text));
            assertThat(texts(log, 0, 0, 3)).containsExactly("before", large, "behind");
        }
        try (Log log = open()) {
            assertThat(texts(log, 0, 0, 3)).containsExactly("before", large, "behind");
        }
    }

    @Test
    void reader_thatLags_goesToTheFilesAndBack() {
        try (Log log = FileLog.open(folder, new FileLogOptions(4096, Duration.ZERO, 300));
                Following lagging = new Following(log, 0, 0)) {
            for (int round = 0; round < 20; round++) {
                numbered(round * 50, round * 50 + 50).forEach(text -> append(log, 0, text));
                int readNow = round % 2 == 0 ? 20 : 80;
                int from = round / 2 * 100 + (round % 2 == 0 ? 0 : 20);
                assertThat(texts(lagging.next(readNow))).isEqualTo(numbered(from, from + readNow));
            }
        }
    }

    @Test
    void listener_thatThrows_doesNotStopTheLog() {
        try (Log log = open();
                Following good = new Following(log, 0, 0)) {
            log.open(0, 0, () -> {
                throw new IllegalStateException("a broken listener, on purpose");
            });
            append(log, 0, "one");
            append(log, 0, "two");
            assertThat(texts(good.next(2))).containsExactly("one", "two");
        }
    }

    @Test
    void append_ofAnImpossiblePartition_isRefused() {
        try (Log log = open()) {
            assertThatThrownBy(() -> append(log, -1, "x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> append(log, FileLog.PARTITIONS_MAX, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65535");
        }
    }

    @Test
    void folder_inUse_saysSoAndStaysLocked() {
        try (Log open = open()) {
            append(open, 0, "one");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(this::open)
                        .isInstanceOf(LogException.class)
                        .hasMessageContaining("in use")
                        .hasMessageContaining(folder.toString());
            }
        }
        open().close();
    }

    @Test
    void folder_ofANewerVersion_saysWhichAndWhatToDo() throws IOException {
        open().close();
        Files.writeString(folder.resolve("FORMAT"), "reprise log 9\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(LogException.class)
                .hasMessageContaining("version 9")
                .hasMessageContaining("Open it with the program that wrote it");
    }

    @Test
    void folder_withAnUnreadableFormat_saysWhatWasFound() throws IOException {
        for (String text : List.of("", "hello", "reprise log x")) {
            Files.writeString(folder.resolve("FORMAT"), text);
            assertThatThrownBy(this::open)
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("'" + text + "'")
                    .hasMessageContaining("reprise log 2");
        }
    }

    @Test
    void folder_withSegmentsButNoFormat_isRefused() throws IOException {
        open().close();
        Files.delete(folder.resolve("FORMAT"));
        assertThatThrownBy(this::open).isInstanceOf(LogException.class).hasMessageContaining("FORMAT");
    }

    @Test
    void folder_thatIsAFile_saysWhatIsExpected() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> FileLog.open(file, SMALL))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("must be a folder");
    }
}
