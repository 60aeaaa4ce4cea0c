package dev.reprise.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.engine.store.rocks.RocksStore;
import dev.reprise.protocol.Bytes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreContractTest {
    @TempDir
    private Path folder;

    private Store open(String kind) {
        return kind.equals("rocks") ? RocksStore.open(folder) : new MemoryStore();
    }

    private static Bytes key(Random random) {
        byte[] key = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) * 85);
        }
        return Bytes.wrap(key);
    }

    private static Map<Bytes, Bytes> all(KeyValueStore rows) {
        TreeMap<Bytes, Bytes> found = new TreeMap<>();
        rows.scan(Bytes.EMPTY, Bytes.wrap(new byte[] {-1, -1, -1, -1}), (key, value) -> found.put(key, value) == null);
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocks"})
    void randomBatches_behaveLikeASortedMap(String kind) {
        Random random = new Random(11);
        TreeMap<Bytes, Bytes> model = new TreeMap<>();
        try (Store store = open(kind)) {
            KeyValueStore rows = store.partition(3);
            for (int i = 0; i < 500; i++) {
                WriteBatch batch = new WriteBatch();
                for (int changes = random.nextInt(6); changes > 0; changes--) {
                    Bytes key = key(random);
                    if (random.nextInt(3) == 0) {
                        batch.delete(key);
                        model.remove(key);
                    } else {
                        Bytes value = Bytes.utf8("v" + random.nextInt());
                        batch.put(key, value);
                        model.put(key, value);
                    }
                }
                rows.write(batch);
                Bytes probe = key(random);
                assertThat(rows.get(probe)).isEqualTo(Optional.ofNullable(model.get(probe)));
            }
            assertThat(all(rows)).isEqualTo(model);
            assertThat(all(store.partition(4))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocks"})
    void scan_stopsWhereItIsTold(String kind) {
        try (Store store = open(kind)) {
            KeyValueStore rows = store.partition(0);
            WriteBatch batch = new WriteBatch();
            batch.put(Bytes.utf8("a"), Bytes.EMPTY);
            batch.put(Bytes.utf8("b"), Bytes.utf8("2"));
            batch.put(Bytes.utf8("c"), Bytes.utf8("3"));
            rows.write(batch);
            TreeMap<Bytes, Bytes> seen = new TreeMap<>();
            rows.scan(Bytes.utf8("a"), Bytes.utf8("c"), (key, value) -> {
                seen.put(key, value);
                return false;
            });
            assertThat(seen).containsOnlyKeys(Bytes.utf8("a"));
        }
    }

    @Test
    void rocks_reopened_holdsWhatWasWritten() {
        WriteBatch batch = new WriteBatch();
        batch.put(Bytes.utf8("k"), Bytes.wrap(new byte[300]));
        try (Store store = open("rocks")) {
            store.partition(1).write(batch);
        }
        try (Store store = open("rocks")) {
            assertThat(store.partition(1).get(Bytes.utf8("k"))).contains(Bytes.wrap(new byte[300]));
        }
    }

    @Test
    void rocks_folderInUse_saysSo() {
        try (Store open = open("rocks")) {
            assertThat(open.partition(0).get(Bytes.utf8("k"))).isEmpty();
            assertThatThrownBy(() -> open("rocks"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(folder.toString());
        }
    }
}
