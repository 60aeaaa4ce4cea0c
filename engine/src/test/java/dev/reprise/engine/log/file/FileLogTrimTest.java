package dev.reprise.engine.log.file;

import static dev.reprise.engine.log.Following.append;
import static dev.reprise.engine.log.Following.numbered;
import static dev.reprise.engine.log.Following.texts;
import static dev.reprise.engine.log.file.FileLogTest.SMALL;
import static dev.reprise.engine.log.file.FileLogTest.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.Following;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTrimTest {
    @TempDir
    private Path folder;

    private Log open() {
        return FileLog.open(folder, SMALL);
    }

    /** Appends numbered records and waits until they are durable; answers the last LSN. */
    private static long fill(Log log, int partition, long afterLsn, int from, int to) {
        try (Following following = new Following(log, partition, afterLsn)) {
            numbered(from, to).forEach(text -> append(log, partition, text));
            List<LogRecord> found = following.next(to - from);
            assertThat(texts(found)).isEqualTo(numbered(from, to));
            return found.getLast().lsn();
        }
    }

    @Test
    void trim_asRecordsCome_usesAFewFilesAgain() throws IOException {
        try (Log log = open()) {
            long lsn = 0;
            for (int round = 0; round < 60; round++) {
                lsn = fill(log, 0, lsn, round * 100, round * 100 + 100);
                log.trim(0, lsn);
            }
        }
        assertThat(segments(folder)).hasSizeLessThan(12);
        try (Log log = open();
                Following following = new Following(log, 0, 6_000)) {
            append(log, 0, "next");
            LogRecord next = following.next(1).getFirst();
            assertThat(next.payload().utf8()).isEqualTo("next");
            assertThat(next.lsn()).isEqualTo(6_001);
        }
    }

    @Test
    void everythingTrimmed_reopenedAgainAndAgain_neverUsesAnLsnTwice() {
        long lsn = 0;
        for (int round = 0; round < 30; round++) {
            try (Log log = open()) {
                long next = fill(log, round % 2, lsn, 0, 30);
                assertThat(next).isEqualTo(lsn + 30);
                lsn = next;
                log.trim(0, lsn);
                log.trim(1, lsn);
            }
        }
    }

    @Test
    void segment_neededByOnePartition_isKeptForIt() {
        try (Log log = open()) {
            long zero = fill(log, 0, 0, 0, 300);
            long one = fill(log, 1, 0, 0, 10);
            long last = fill(log, 0, one, 300, 600);
            log.trim(0, last);
            log.trim(1, one - 3);
            assertThat(texts(log, 1, one - 3, 3)).isEqualTo(numbered(7, 10));
            assertThat(zero).isLessThan(one);
        }
        try (Log log = open()) {
            assertThat(texts(log, 1, 307, 3)).isEqualTo(numbered(7, 10));
        }
    }

    @Test
    void partition_withoutRecordsInASegment_doesNotHoldIt() throws IOException {
        try (Log log = open()) {
            fill(log, 1, 0, 0, 1);
            log.trim(1, 1);
            long lsn = fill(log, 0, 0, 0, 1_000);
            log.trim(0, lsn);
        }
        assertThat(segments(folder)).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void reader_ofTrimmedRecords_isRefusedAlsoAfterReopen() {
        try (Log log = open()) {
            log.trim(0, fill(log, 0, 0, 0, 1_000));
        }
        for (int round = 0; round < 2; round++) {
            try (Log log = open()) {
                assertThatThrownBy(() -> log.open(0, 0, () -> {}))
                        .isInstanceOf(LogException.class)
                        .hasMessageContaining("trimmed")
                        .hasMessageContaining("partition 0");
                log.open(0, 1_000, () -> {}).close();
                log.open(1, 0, () -> {}).close();
            }
        }
    }

    @Test
    void spareFile_withOldRecords_givesNoneBack() throws IOException {
        try (Log log = open()) {
            for (int lsn = 0; lsn < 1_000; lsn += 50) {
                log.trim(0, fill(log, 0, lsn, lsn, lsn + 50));
            }
            fill(log, 0, 1_000, 1_000, 1_100);
        }
        boolean anyOld = false;
        for (Path file : segments(folder)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            anyOld |= Pattern.compile("record \\d{1,3}\\D").matcher(text).find();
        }
        assertThat(anyOld).as("a file that was used before is used again").isTrue();
        try (Log log = open()) {
            assertThat(texts(log, 0, 1_000, 100)).isEqualTo(numbered(1_000, 1_100));
            fill(log, 0, 1_100, 1_100, 1_110);
        }
        try (Log log = open()) {
            assertThat(texts(log, 0, 1_000, 110)).isEqualTo(numbered(1_000, 1_110));
        }
    }

    @Test
    void trimmedFile_damaged_saysWhatWasFound() throws IOException {
        try (Log log = open()) {
            log.trim(0, fill(log, 0, 0, 0, 1_000));
        }
        Path file = folder.resolve("TRIMMED");
        String text = Files.readString(file);
        assertThat(text).startsWith("segment ");
        for (String damaged : List.of("", "checksum 0\n", text.replace("lsn ", "lsn 1"), text.substring(1))) {
            Files.writeString(file, damaged);
            assertThatThrownBy(this::open)
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(damaged.strip());
        }
    }

    @Test
    void firstSegment_goneAfterTrim_isDamage() throws IOException {
        try (Log log = open()) {
            log.trim(0, fill(log, 0, 0, 0, 1_000));
        }
        for (Path file : segments(folder)) {
            Files.delete(file);
        }
        assertThatThrownBy(this::open).isInstanceOf(LogException.class).hasMessageContaining("should begin with LSN");
    }
}
