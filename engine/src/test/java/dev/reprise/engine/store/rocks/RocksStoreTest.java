package dev.reprise.engine.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.StoreContractTest;
import dev.reprise.engine.store.StoreException;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest extends StoreContractTest {
    private static final Bytes KEY = Bytes.utf8("k");

    @TempDir
    private Path folder;

    @Override
    protected Store open() {
        return RocksStore.open(folder);
    }

    /** A copy of the files as they are: what a crash of the process leaves. */
    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    @Test
    void store_closedAndReopened_holdsWhatWasWritten() {
        for (int round = 0; round < 3; round++) {
            try (Store store = open()) {
                for (int partition = 0; partition < 4; partition++) {
                    assertThat(all(store.partition(partition))).hasSize(round);
                    store.partition(partition).write(batch("round " + round, "x".repeat(300)));
                }
            }
        }
    }

    @Test
    void store_afterACrash_holdsWhatWasFlushedAndNoPartOfABatch() throws IOException {
        Path crashed;
        try (Store store = open()) {
            store.partition(0).write(batch("a", "1", "b", "1"));
            store.partition(1).write(batch("k", "1"));
            store.partition(0).flush();
            store.partition(0).write(batch("a", "2", "b", "2"));
            crashed = copy("crashed");
        }
        try (Store store = RocksStore.open(crashed)) {
            KeyValueStore rows = store.partition(0);
            assertThat(rows.get(Bytes.utf8("a"))).contains(Bytes.utf8("1"));
            assertThat(rows.get(Bytes.utf8("b"))).contains(Bytes.utf8("1"));
            store.partition(1).write(batch("k", "2"));
        }
    }

    /** A whole filter of these keys has a megabyte. */
    @Test
    void keysThatAreNotThere_askedFor_readLittle() throws IOException, InterruptedException {
        int keys = 800_000;
        int asked = 2_000;
        RocksStoreOptions small = new RocksStoreOptions(64 << 20, 64 << 20, 8 << 20, 2);
        try (Store store = RocksStore.open(folder, small)) {
            KeyValueStore rows = store.partition(0);
            Random random = new Random(7);
            for (int i = 0; i < keys; i += 1000) {
                WriteBatch batch = new WriteBatch();
                random.longs(1000).forEach(key -> batch.put(key(key), Bytes.EMPTY));
                rows.write(batch);
                if (i % 100_000 == 99_000) {
                    rows.flush();
                }
            }
            awaitMerged();
            assertThat(rows.get(key(random.nextLong()))).isEmpty();
            long before = readBytes();
            for (int i = 0; i < asked; i++) {
                assertThat(rows.get(key(random.nextLong()))).isEmpty();
            }
            assertThat((readBytes() - before) / asked).isLessThan(10_000);
        }
    }

    /** Four files are merged into one as soon as there are so many. */
    private void awaitMerged() throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 600 && keyFiles() > 2; i++) {
            assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(keyFiles()).isLessThanOrEqualTo(2);
    }

    private long keyFiles() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst")).count();
        }
    }

    private static Bytes key(long number) {
        return Bytes.utf8(Long.toHexString(number));
    }

    /** What this process has read from files, whether a disk was asked or not. */
    private static long readBytes() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/io")).getFirst();
        assertThat(line).startsWith("rchar: ");
        return Long.parseLong(line.substring("rchar: ".length()));
    }

    @Test
    void folder_inUse_saysSoAndIsFreeAfterClose() {
        try (Store store = open()) {
            assertThat(store.partition(0).get(KEY)).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining(folder.toString());
        }
        open().close();
    }

    @Test
    void folder_ofANewerVersion_saysWhichAndWhatToDo() throws IOException {
        open().close();
        Files.writeString(folder.resolve("FORMAT"), "reprise store 2\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("Open it with the program that wrote it");
    }

    @Test
    void folder_withAnUnreadableFormat_saysWhatWasFound() throws IOException {
        for (String text : List.of("", "hello", "reprise log 1")) {
            Files.writeString(folder.resolve("FORMAT"), text);
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("'" + text + "'")
                    .hasMessageContaining("reprise store 1");
        }
    }

    @Test
    void folder_withDataButNoFormat_isRefused() throws IOException {
        open().close();
        Files.delete(folder.resolve("FORMAT"));
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("FORMAT");
    }

    @Test
    void folder_damaged_saysWhatToDoAndIsReleased() throws IOException {
        open().close();
        Path current = folder.resolve("CURRENT");
        byte[] whole = Files.readAllBytes(current);
        Files.writeString(current, "MANIFEST-999999\n");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("restore the folder");
        }
        Files.write(current, whole);
        open().close();
    }

    @Test
    void folder_thatIsAFile_saysWhatIsExpected() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> RocksStore.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("must be a folder");
    }

    @Test
    void store_closed_refusesEverything() {
        Store store = open();
        KeyValueStore rows = store.partition(0);
        store.close();
        store.close();
        assertThatThrownBy(() -> rows.get(KEY))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> rows.write(batch("k", "v"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> all(rows)).isInstanceOf(StoreException.class);
        assertThatThrownBy(rows::flush).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.partition(7)).isInstanceOf(StoreException.class);
    }

    @Test
    void batch_ofLongAndEmptyKeysAndValues_isKept() {
        String large = "v".repeat(3_000_000);
        String longKey = "k".repeat(20_000);
        try (Store store = open()) {
            store.partition(200).write(batch(longKey, large, "e", "", "x".repeat(128), "y".repeat(16_384)));
            assertThat(store.partition(200).get(Bytes.utf8(longKey))).contains(Bytes.utf8(large));
            assertThat(store.partition(200).get(Bytes.utf8("e"))).contains(Bytes.EMPTY);
            assertThat(store.partition(200).get(Bytes.utf8("x".repeat(128)))).contains(Bytes.utf8("y".repeat(16_384)));
        }
    }

    /** 100 MiB pass through, of which 1.25 MiB are there at any time. */
    @Test
    void largeValues_deleted_giveTheirDiskBack() throws IOException {
        Random random = new Random(1);
        try (Store store = RocksStore.open(folder, new RocksStoreOptions(1 << 20, 2 << 20, 1 << 20, 2))) {
            for (int round = 0; round < 80; round++) {
                WriteBatch changes = new WriteBatch();
                for (int i = 0; i < 20; i++) {
                    byte[] value = new byte[64 << 10];
                    random.nextBytes(value);
                    changes.put(Bytes.utf8(round + "/" + i), Bytes.wrap(value));
                    changes.delete(Bytes.utf8(round - 1 + "/" + i));
                }
                store.partition(0).write(changes);
            }
        }
        try (var files = Files.list(folder)) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            assertThat(bytes).isLessThan(25L << 20);
        }
    }
}
