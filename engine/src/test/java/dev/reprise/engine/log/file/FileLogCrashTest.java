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
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log does about files that a crash or a bad disk left. */
class FileLogCrashTest {
    private static final int FRAME_BYTES = RecordFrame.sizeOf("record 0".length());

    @TempDir
    private Path folder;

    /** Appends records one by one, each in a batch of its own. */
    private void fill(int fromInclusive, int toExclusive, long afterLsn) {
        try (Log log = FileLog.open(folder, SMALL, new FaultyDisk());
                Following following = new Following(log, 0, afterLsn)) {
            for (String text : numbered(fromInclusive, toExclusive)) {
                append(log, 0, text);
                assertThat(texts(following.next(1))).containsExactly(text);
            }
        }
    }

    private List<String> reopened(int count) {
        try (Log log = FileLog.open(folder, SMALL, new FaultyDisk())) {
            return texts(log, 0, 0, count);
        }
    }

    /** Fills the log with three records of which nobody was told of the last: its mark is that before it. */
    private byte[] fillWithoutTelling() throws IOException {
        fill(0, 2, 0);
        byte[] end = Files.readAllBytes(folder.resolve(EndMark.FILE));
        fill(2, 3, 2);
        return end;
    }

    private void assertRefused(String... messages) {
        assertThatThrownBy(() -> FileLog.open(folder, SMALL, new FaultyDisk()))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("the log is damaged")
                .hasMessageContainingAll(messages);
    }

    @Test
    void lastRecord_tornAtEveryByteAndNobodyTold_isCutAlone() throws IOException {
        byte[] end = fillWithoutTelling();
        Path file = segments(folder).getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 2 * FRAME_BYTES; cut < 3 * FRAME_BYTES - RecordFrame.ALIGNMENT; cut++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, cut, 3 * FRAME_BYTES, (byte) 0);
            boolean isWhole = Arrays.equals(torn, whole);
            Files.write(file, torn);
            if (!isWhole) {
                Files.write(folder.resolve(EndMark.FILE), end);
            }
            assertThat(reopened(isWhole ? 3 : 2)).isEqualTo(numbered(0, isWhole ? 3 : 2));
        }
    }

    @Test
    void lastRecord_zeroedFromAnyByteAndSomebodyTold_isDamage() throws IOException {
        fill(0, 3, 0);
        Path file = segments(folder).getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 2 * FRAME_BYTES; cut < 3 * FRAME_BYTES - RecordFrame.ALIGNMENT; cut++) {
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, cut, 3 * FRAME_BYTES, (byte) 0);
            if (!Arrays.equals(damaged, whole)) {
                Files.write(file, damaged);
                assertRefused("LSN 3 to 3", file.toString(), "byte " + 2 * FRAME_BYTES, "--accept-loss");
                assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
            }
        }
    }

    @Test
    void file_endingAtEveryByteOfTheLastRecord_isDamageWhoeverWasTold() throws IOException {
        byte[] end = fillWithoutTelling();
        Path file = segments(folder).getFirst();
        byte[] told = Files.readAllBytes(folder.resolve(EndMark.FILE));
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 2 * FRAME_BYTES; cut < 3 * FRAME_BYTES; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            Files.write(folder.resolve(EndMark.FILE), told);
            assertRefused("LSN 3 to 3", file.toString());
            Files.write(folder.resolve(EndMark.FILE), end);
            assertRefused(file + " should have 4096 bytes and has " + cut);
        }
    }

    @Test
    void lastRecord_withAnyBitFlipped_isNeverReadAndIsDamageWhenSomebodyWasTold() throws IOException {
        byte[] end = fillWithoutTelling();
        Path file = segments(folder).getFirst();
        byte[] told = Files.readAllBytes(folder.resolve(EndMark.FILE));
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 2 * FRAME_BYTES * 8; bit < 3 * FRAME_BYTES * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            Files.write(folder.resolve(EndMark.FILE), told);
            assertRefused("LSN 3 to 3");
            Files.write(folder.resolve(EndMark.FILE), end);
            assertThat(reopened(2)).isEqualTo(numbered(0, 2));
        }
    }

    @Test
    void earlierRecord_withAnyBitFlipped_isDamageNamedWithItsPlace() throws IOException {
        fill(0, 4, 0);
        Path file = segments(folder).getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int bit = FRAME_BYTES * 8; bit < 2 * FRAME_BYTES * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            assertThatThrownBy(() -> FileLog.open(folder, SMALL, new FaultyDisk()))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("LSN 2")
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("byte " + FRAME_BYTES + " ");
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
        }
    }

    @Test
    void endOfAFullSegment_lost_isDamage() throws IOException {
        fill(0, 300, 0);
        Path first = segments(folder).getFirst();
        Files.write(first, Arrays.copyOf(Files.readAllBytes(first), 5 * FRAME_BYTES));
        assertThatThrownBy(() -> FileLog.open(folder, SMALL, new FaultyDisk()))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("LSN 6")
                .hasMessageContaining(first.toString());
    }

    @Test
    void segmentInTheMiddle_lost_isDamage() throws IOException {
        fill(0, 500, 0);
        Path third = segments(folder).get(2);
        Files.delete(third);
        assertRefused("there should be a file " + third, segments(folder).get(2).toString());
    }

    @Test
    void firstSegment_lost_isDamage() throws IOException {
        fill(0, 300, 0);
        Path first = segments(folder).getFirst();
        Files.delete(first);
        assertThatThrownBy(() -> FileLog.open(folder, SMALL, new FaultyDisk()))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(first.toString());
    }

    @Test
    void remainsBehindATornRecord_neverComeToLifeAgain() throws IOException {
        fill(0, 2, 0);
        byte[] end = Files.readAllBytes(folder.resolve(EndMark.FILE));
        try (Log log = FileLog.open(folder, SMALL, new FaultyDisk())) {
            // One batch of three, of which the first record will be torn.
            numbered(2, 5).forEach(text -> log.append(0, 42, Bytes.utf8(text), Log.Urgency.SOON));
            append(log, 0, "record 5");
        }
        Path file = segments(folder).getFirst();
        byte[] torn = Files.readAllBytes(file);
        torn[2 * FRAME_BYTES + RecordFrame.HEADER_BYTES] ^= 1;
        Files.write(file, torn);
        Files.write(folder.resolve(EndMark.FILE), end);
        fill(2, 3, 2);
        assertThat(reopened(3)).isEqualTo(numbered(0, 3));
    }

    @Test
    void recordDamagedWhileOpen_isNotHandedOut() throws IOException {
        fill(0, 3, 0);
        Path file = segments(folder).getFirst();
        try (Log log = FileLog.open(folder, SMALL, new FaultyDisk());
                Following following = new Following(log, 0, 0)) {
            byte[] damaged = Files.readAllBytes(file);
            damaged[FRAME_BYTES + RecordFrame.HEADER_BYTES] ^= 1;
            Files.write(file, damaged);
            assertThatThrownBy(() -> following.next(3))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("LSN 2")
                    .hasMessageContaining(file.toString());
        }
    }
}
