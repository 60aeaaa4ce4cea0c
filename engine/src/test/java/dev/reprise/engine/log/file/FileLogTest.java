package dev.reprise.engine.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest {
    private static final FileLogOptions SMALL = new FileLogOptions(4096, Duration.ofMillis(1));

    @TempDir
    private Path folder;

    /** Reads as many records as are expected, waiting for the log to say that there are more. */
    private static List<String> read(FileLog log, int partition, long afterLsn, int expected) {
        Semaphore more = new Semaphore(0);
        List<String> found = new ArrayList<>();
        try (LogReader reader = log.open(partition, afterLsn, more::release)) {
            while (found.size() < expected) {
                List<LogRecord> records = reader.poll(7);
                records.forEach(record -> found.add(record.payload().utf8()));
                if (records.isEmpty() && found.size() < expected) {
                    assertThat(more.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
                }
            }
            assertThat(reader.poll(7)).isEmpty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static void append(FileLog log, int partition, String payload) {
        log.append(partition, 42, Bytes.utf8(payload), Urgency.NOW);
    }

    private static List<String> numbers(int fromInclusive, int toExclusive) {
        return IntStream.range(fromInclusive, toExclusive)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void append_manyOverSegments_areReadInOrderPerPartition() {
        try (FileLog log = FileLog.open(folder, SMALL)) {
            numbers(0, 1_000).forEach(payload -> {
                append(log, 0, payload);
                append(log, 1, payload + " of the other");
            });
            assertThat(read(log, 0, 0, 1_000)).isEqualTo(numbers(0, 1_000));
            assertThat(read(log, 1, 0, 1_000)).hasSize(1_000);
        }
    }

    @Test
    void reopen_afterClose_holdsEverythingAndGoesOn() {
        try (FileLog log = FileLog.open(folder, SMALL)) {
            numbers(0, 100).forEach(payload -> append(log, 0, payload));
        }
        try (FileLog log = FileLog.open(folder, SMALL)) {
            numbers(100, 200).forEach(payload -> append(log, 0, payload));
            assertThat(read(log, 0, 0, 200)).isEqualTo(numbers(0, 200));
            assertThat(read(log, 0, 150, 50)).isEqualTo(numbers(150, 200));
        }
    }

    @Test
    void recordThatNobodyWaitsFor_isDurableSoonAllTheSame() {
        try (FileLog log = FileLog.open(folder, SMALL)) {
            log.append(0, 1, Bytes.utf8("quiet"), Urgency.SOON);
            assertThat(read(log, 0, 0, 1)).containsExactly("quiet");
        }
    }

    @Test
    void recordLargerThanASegment_isKept() {
        String large = "x".repeat(50_000);
        try (FileLog log = FileLog.open(folder, SMALL)) {
            append(log, 0, "before");
            append(log, 0, large);
            append(log, 0, "behind");
        }
        try (FileLog log = FileLog.open(folder, SMALL)) {
            assertThat(read(log, 0, 0, 3)).containsExactly("before", large, "behind");
        }
    }

    @Test
    void tail_cutAtEveryByte_losesOnlyTheTornRecord() throws IOException {
        try (FileLog log = FileLog.open(folder, SMALL)) {
            numbers(0, 3).forEach(payload -> append(log, 0, payload));
        }
        Path file = segments().getFirst();
        byte[] whole = Files.readAllBytes(file);
        int frame = Frame.HEADER_BYTES + "record 0".length();
        for (int cut = 2 * frame; cut < 3 * frame; cut++) {
            for (Path old : segments()) {
                Files.delete(old);
            }
            Files.write(file, Arrays.copyOf(whole, cut));
            try (FileLog log = FileLog.open(folder, SMALL)) {
                assertThat(read(log, 0, 0, 2)).isEqualTo(numbers(0, 2));
                append(log, 0, "next");
                assertThat(read(log, 0, 2, 1)).containsExactly("next");
            }
        }
    }

    @Test
    void bitFlippedInTheLastRecord_isCutAndNeverRead() throws IOException {
        try (FileLog log = FileLog.open(folder, SMALL)) {
            numbers(0, 3).forEach(payload -> append(log, 0, payload));
        }
        Path file = segments().getFirst();
        byte[] whole = Files.readAllBytes(file);
        int frame = Frame.HEADER_BYTES + "record 0".length();
        for (int at = 2 * frame; at < 3 * frame; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            for (Path old : segments()) {
                Files.delete(old);
            }
            Files.write(file, damaged);
            try (FileLog log = FileLog.open(folder, SMALL)) {
                assertThat(read(log, 0, 0, 2)).isEqualTo(numbers(0, 2));
            }
        }
    }

    @Test
    void damageBeforeAnotherFile_isAnErrorThatNamesTheFile() throws IOException {
        try (FileLog log = FileLog.open(folder, SMALL)) {
            numbers(0, 500).forEach(payload -> append(log, 0, payload));
        }
        Path first = segments().getFirst();
        try (FileChannel channel = FileChannel.open(first, StandardOpenOption.WRITE)) {
            channel.truncate(Frame.HEADER_BYTES * 3L);
        }
        assertThatThrownBy(() -> FileLog.open(folder, SMALL))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(first.getFileName().toString());
    }

    @Test
    void folder_inUse_saysSo() {
        try (FileLog open = FileLog.open(folder, SMALL)) {
            append(open, 0, "one");
            assertThatThrownBy(() -> FileLog.open(folder, SMALL))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void folder_ofAnotherFormat_saysWhichAndWhatToDo() throws IOException {
        Files.writeString(folder.resolve("FORMAT"), "reprise log 9");
        assertThatThrownBy(() -> FileLog.open(folder, SMALL))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("reprise log 9")
                .hasMessageContaining("Open it with the version that wrote it");
    }

    @Test
    void trim_byAllPartitions_givesFilesBackAndKeepsTheRest() throws IOException {
        try (FileLog log = FileLog.open(folder, SMALL)) {
            for (int round = 0; round < 40; round++) {
                int from = round * 100;
                numbers(from, from + 100).forEach(payload -> append(log, round(from), payload));
                assertThat(read(log, round(from), from, 100)).hasSize(100);
                log.trim(0, from);
                log.trim(1, from);
            }
            assertThat(segments().size()).isLessThan(12);
        }
        try (FileLog log = FileLog.open(folder, SMALL)) {
            append(log, 0, "next");
            assertThat(read(log, 0, 4_000, 1)).containsExactly("next");
        }
    }

    private static int round(int from) {
        return from / 100 % 2;
    }

    @Test
    void append_afterClose_isRefused() {
        FileLog log = FileLog.open(folder, SMALL);
        log.close();
        assertThatThrownBy(() -> append(log, 0, "late"))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("closed");
    }
}
