package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.engine.log.file.ForceListener;
import dev.reprise.engine.partition.StoredFormat;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.storage.Storage;
import dev.reprise.engine.store.StoreException;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private static final FileLogOptions SMALL = new FileLogOptions(4096, Duration.ofMillis(1), 1 << 20);

    @TempDir
    private Path root;

    private static Storage storage(Path path, boolean acceptsLoss) {
        return Storage.open(DataFolder.open(path, 2), SMALL, acceptsLoss, ForceListener.NONE);
    }

    private static void close(Storage storage) {
        storage.log().close();
        storage.store().close();
    }

    /** A folder in which three records were applied and stored. */
    private Path filled(String name) throws InterruptedException {
        Path path = root.resolve(name);
        Storage storage = storage(path, false);
        Semaphore woken = new Semaphore(0);
        long lsn = 0;
        try (LogReader reader = storage.log().open(0, 0, woken::release)) {
            for (int i = 0; i < 3; i++) {
                storage.log().append(0, i, Bytes.utf8("record " + i), Urgency.NOW);
            }
            int left = 3;
            while (left > 0) {
                List<LogRecord> records = reader.poll(left);
                left -= records.size();
                if (records.isEmpty()) {
                    woken.acquire();
                } else {
                    lsn = records.getLast().lsn();
                }
            }
        }
        PartitionTables tables = new PartitionTables(storage.store().partition(0));
        tables.applied(lsn);
        tables.commit();
        storage.store().partition(1);
        close(storage);
        return path;
    }

    private static void assertRefused(Path path, String... messages) {
        assertThatThrownBy(() -> close(storage(path, false)))
                .isInstanceOfAny(DataFolderException.class, LogException.class, StoreException.class)
                .hasMessageContainingAll(messages);
    }

    @Test
    void partitions_areThoseTheFolderWasMadeWith() {
        Path path = root.resolve("new/folder");
        assertThat(DataFolder.open(path, 4).partitions()).isEqualTo(4);
        assertThat(DataFolder.open(path, 24).partitions()).isEqualTo(4);
        assertThat(DataFolder.open(path, 24).identity())
                .isEqualTo(DataFolder.open(path, 4).identity())
                .isNotEqualTo(DataFolder.open(root.resolve("other"), 4).identity());
    }

    @Test
    void format_missing_isRefusedWithWhatIsThere() throws IOException, InterruptedException {
        Path path = filled("data");
        Files.delete(path.resolve("FORMAT"));
        assertRefused(path, "has no file FORMAT", "it has log, store", "Restore that file");
    }

    @Test
    void format_emptyOrGarbageOrChanged_isRefusedWithWhatItSays() throws IOException, InterruptedException {
        Path path = filled("data");
        Path format = path.resolve("FORMAT");
        String whole = Files.readString(format);
        for (String text : List.of(
                "", "hello", whole.replace("partitions 2", "partitions 24"), whole.replace("folder ", "folder 0"))) {
            Files.writeString(format, text);
            assertRefused(path, format.toString(), "checksum", text.strip().replace('\n', ' '));
        }
        Files.writeString(format, whole);
        close(storage(path, false));
    }

    @Test
    void format_ofAnotherFolder_isRefused() throws IOException, InterruptedException {
        Path mine = filled("mine");
        Path other = filled("other");
        Files.writeString(mine.resolve("FORMAT"), Files.readString(other.resolve("FORMAT")));
        assertRefused(mine, "is not this folder's");
    }

    @Test
    void folder_ofAnotherVersion_isRefused() throws IOException {
        Files.writeString(root.resolve("FORMAT"), "reprise data 99\n");
        assertThatThrownBy(() -> DataFolder.open(root, 2))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining("holds 'reprise data 99', this version reads and writes 'reprise data "
                        + StoredFormat.VERSION + "'")
                .hasMessageContaining(root.toString());
    }

    @Test
    void folder_thatIsAFile_isRefused() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file, 2))
                .isInstanceOf(DataFolderException.class)
                .hasMessage(
                        "cannot use the data folder " + file
                                + ": it is a file. It must be a folder that this process may read and write, or not exist yet.");
    }

    @Test
    void log_missing_isRefusedAndGoesOnBehindTheStoreWhenAccepted() throws IOException, InterruptedException {
        Path path = filled("data");
        delete(path.resolve("log"));
        assertRefused(path, "has a store but no log", "--accept-loss");
        assertThat(path.resolve("log")).doesNotExist();
        Storage storage = storage(path, true);
        try (LogReader reader = storage.log().open(0, 3, () -> {})) {
            assertThat(reader.poll(1)).isEmpty();
        }
        close(storage);
        close(storage(path, false));
    }

    @Test
    void log_ofAnotherFolder_isRefused() throws IOException, InterruptedException {
        Path mine = filled("mine");
        Path other = filled("other");
        delete(mine.resolve("log"));
        Files.move(other.resolve("log"), mine.resolve("log"));
        assertRefused(mine, "the log in", "is not this folder's");
    }

    @Test
    void store_ofAnotherFolder_isRefused() throws IOException, InterruptedException {
        Path mine = filled("mine");
        Path other = filled("other");
        delete(mine.resolve("store"));
        Files.move(other.resolve("store"), mine.resolve("store"));
        assertRefused(mine, "the store in", "is not this folder's");
    }

    @Test
    void store_missingAndLogWhole_isAppliedAgain() throws IOException, InterruptedException {
        Path path = filled("data");
        delete(path.resolve("store"));
        Storage storage = storage(path, false);
        try (LogReader reader = storage.log().open(0, 0, () -> {})) {
            assertThat(reader.poll(10)).hasSize(3);
        }
        close(storage);
    }

    @Test
    void registry_missing_isRefusedUnlessAccepted() throws IOException {
        DataFolder made = DataFolder.open(root, 2);
        assertThat(made.requireRegistry(false)).isFalse();
        Files.writeString(made.registry(), "{}");
        made.noteRegistry();
        assertThat(DataFolder.open(root, 2).requireRegistry(false)).isTrue();
        Files.delete(made.registry());
        assertThatThrownBy(() -> DataFolder.open(root, 2).requireRegistry(false))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContainingAll("has no file registry.json", "--accept-loss");
        assertThatCode(() -> DataFolder.open(root, 2).requireRegistry(true)).doesNotThrowAnyException();
    }

    @Test
    void everything_isPrivate() throws IOException, InterruptedException {
        Path path = filled("data");
        try (Stream<Path> files = Files.walk(path)) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void folder_thatOthersMayUse_isUsedAndKeepsItsRights() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        close(storage(root, false));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("FORMAT"))))
                .isEqualTo("rw-------");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
