package dev.reprise.engine.log.file;

import static dev.reprise.engine.log.Following.append;
import static dev.reprise.engine.log.Following.numbered;
import static dev.reprise.engine.log.Following.texts;
import static dev.reprise.engine.log.file.FileLogTest.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.Following;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogHealth;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log does when its disk fails under it. */
class FileLogFaultTest {
    @TempDir
    private Path folder;

    @Test
    void force_thatFails_failsTheLogForGood() {
        FaultyDisk disk = new FaultyDisk();
        Log log = FileLog.open(folder, SMALL, disk);
        Following following = new Following(log, 0, 0);
        append(log, 0, "durable");
        assertThat(texts(following.next(1))).containsExactly("durable");
        disk.diesAfterForces(0);
        append(log, 0, "lost");
        assertThatThrownBy(() -> following.next(1)).isInstanceOf(LogException.class);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertFailed(() -> append(log, 0, "late"));
            assertFailed(following::poll);
            assertFailed(() -> log.open(0, 0, () -> {}));
        }
        assertFailed(log::close);
    }

    private static void assertFailed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(LogException.class)
                .hasMessageContaining("the simulated device reports an error")
                .hasMessageContaining("open the log again");
    }

    @Test
    void disk_full_recordsWaitAndBecomeDurableInOrderOnceThereIsRoom() {
        FaultyDisk disk = new FaultyDisk();
        try (Log log = FileLog.open(folder, SMALL, disk);
                Following following = new Following(log, 0, 0)) {
            append(log, 0, "record 0");
            assertThat(texts(following.next(1))).containsExactly("record 0");
            disk.full(true);
            append(log, 0, "record 1");
            while (log.health().stall().isEmpty()) {
                assertThat(following.poll()).isEmpty();
            }
            numbered(2, 200).forEach(text -> append(log, 0, text));
            assertThat(following.poll()).isEmpty();
            assertThat(log.health().failure()).isEmpty();
            assertThat(log.health().stall())
                    .hasValueSatisfying(why -> assertThat(why).contains("waits for room", "No space left"));
            assertThat(log.health().shortage()).isPresent();

            disk.full(false);
            assertThat(texts(following.next(199))).isEqualTo(numbered(1, 200));
            assertThat(log.health()).isEqualTo(LogHealth.GOOD);
        }
        try (Log log = FileLog.open(folder, SMALL)) {
            assertThat(texts(log, 0, 0, 200)).isEqualTo(numbered(0, 200));
        }
    }

    @Test
    void disk_thatDoesNotAnswer_lettingNobodyAskForMoreThanFitsIntoMemory() {
        FaultyDisk disk = new FaultyDisk();
        FileLogOptions options = SMALL.withBacklogBytesMax(10_000);
        try (Log log = FileLog.open(folder, options, disk);
                Following following = new Following(log, 0, 0)) {
            append(log, 0, "record 0");
            following.next(1);
            disk.hangs(true);
            int appended = 0;
            while (log.health().backlog().isEmpty()) {
                append(log, 0, "record " + ++appended);
                assertThat(appended).isLessThan(1_000);
            }
            assertThat(appended).isGreaterThan(100);
            assertThat(log.health().backlog())
                    .hasValueSatisfying(why -> assertThat(why).contains("does not keep up", "10000"));

            disk.hangs(false);
            assertThat(texts(following.next(appended))).isEqualTo(numbered(1, appended + 1));
            while (log.health().backlog().isPresent()) {
                Thread.onSpinWait();
            }
            append(log, 0, "record " + ++appended);
            following.next(1);
        }
    }

    @Test
    void disk_fullUntilTheEnd_closeSaysWhatIsNotDurable() {
        FaultyDisk disk = new FaultyDisk();
        Log log = FileLog.open(folder, SMALL, disk);
        try (Following following = new Following(log, 0, 0)) {
            append(log, 0, "record 0");
            following.next(1);
        }
        disk.full(true);
        append(log, 0, "record 1");
        assertThatThrownBy(log::close)
                .isInstanceOf(LogException.class)
                .hasMessageContainingAll("No space left", "What no reader has returned yet may be lost");
        try (Log again = FileLog.open(folder, SMALL)) {
            assertThat(texts(again, 0, 0, 1)).isEqualTo(numbered(0, 1));
        }
    }

    @Test
    void log_failed_opensAgainWithEverythingDurable() {
        FaultyDisk disk = new FaultyDisk();
        Log log = FileLog.open(folder, SMALL, disk);
        try (Following following = new Following(log, 0, 0)) {
            append(log, 0, "durable");
            following.next(1);
            disk.diesAfterForces(0);
            append(log, 0, "in doubt");
            assertThatThrownBy(() -> following.next(1)).isInstanceOf(LogException.class);
        }
        assertThatThrownBy(log::close).isInstanceOf(LogException.class);
        try (Log again = FileLog.open(folder, SMALL);
                Following following = new Following(again, 0, 0)) {
            assertThat(texts(following.next(1))).containsExactly("durable");
        }
    }

    @Test
    void open_onADiskWithoutRoom_saysWhatIsNeededAndReleasesTheFolder() {
        assertThatThrownBy(() -> FileLog.open(folder, SMALL, new FaultyDisk().diesAfterOperations(0)))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("no space left")
                .hasMessageContaining("4096 bytes");
        FileLog.open(folder, SMALL).close();
    }

    /** Cuts the power at every operation of a run; what a reader returned before must be there, in order. */
    @Test
    void power_lostAtAnyOperation_losesNothingThatWasDurable() throws IOException {
        Random random = new Random(4);
        for (int operations = 0; operations < 400; operations++) {
            Path run = folder.resolve("run" + operations);
            List<List<LogRecord>> returned = List.of(new ArrayList<>(), new ArrayList<>());
            for (int life = 0; life < 3; life++) {
                live(run, random, operations + random.nextInt(3), returned);
            }
            try (Log log = FileLog.open(run, SMALL)) {
                for (int partition = 0; partition < 2; partition++) {
                    try (Following following = new Following(log, partition, 0)) {
                        List<LogRecord> expected = returned.get(partition);
                        assertThat(following.next(expected.size())).isEqualTo(expected);
                    }
                }
            }
            delete(run);
        }
    }

    /** Opens the log, checks what is known to be in it, and appends until the disk dies. */
    private static void live(Path run, Random random, int operations, List<List<LogRecord>> returned)
            throws IOException {
        FaultyDisk disk = new FaultyDisk().diesAfterOperations(operations);
        try (Log log = FileLog.open(run, SMALL, disk)) {
            List<Following> followings = List.of(new Following(log, 0, 0), new Following(log, 1, 0));
            for (int partition = 0; partition < 2; partition++) {
                List<LogRecord> known = returned.get(partition);
                assertThat(followings.get(partition).next(known.size())).isEqualTo(known);
            }
            for (int i = 0; i < 60; i++) {
                int count = 1 + random.nextInt(4);
                int partition = random.nextInt(2);
                for (int j = 0; j < count; j++) {
                    Urgency urgency = j == count - 1 ? Urgency.NOW : Urgency.SOON;
                    log.append(partition, i, Bytes.wrap(new byte[random.nextInt(400)]), urgency);
                }
                returned.get(partition).addAll(followings.get(partition).next(1));
            }
        } catch (LogException e) {
            assertThat(disk.isDead()).as(e.toString()).isTrue();
        }
        disk.losePower(random);
    }

    private static void delete(Path run) throws IOException {
        try (var files = Files.list(run)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(run);
    }
}
