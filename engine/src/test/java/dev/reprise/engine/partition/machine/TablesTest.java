package dev.reprise.engine.partition.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.partition.StoredFormatException;
import dev.reprise.engine.store.GatherLimits;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TablesTest {
    private final MemoryStore.Partition store = new MemoryStore().partition(0);

    @Test
    void changes_beforeTheCommit_areSeenByTheTablesAndNotInTheStore() {
        PartitionTables tables = new PartitionTables(store);
        tables.put(Bytes.utf8("k"), Bytes.utf8("v"));
        assertThat(tables.rows().get(Bytes.utf8("k"))).contains(Bytes.utf8("v"));
        assertThat(store.get(Bytes.utf8("k"))).isEmpty();
        assertThat(store.entries()).isEmpty();
        tables.applied(7);
        tables.commit();
        assertThat(store.get(Bytes.utf8("k"))).contains(Bytes.utf8("v"));
        assertThat(new PartitionTables(store).appliedLsn()).isEqualTo(7);
    }

    @Test
    void row_insertedAndDeletedBeforeTheCommit_neverReachesTheStore() {
        CountingRows counting = new CountingRows(GatherLimits.NONE);
        PartitionTables tables = new PartitionTables(counting);
        tables.insert(Bytes.utf8("gone"), Bytes.utf8("v"));
        tables.put(Bytes.utf8("gone"), Bytes.utf8("changed"));
        tables.put(Bytes.utf8("perhaps there"), Bytes.utf8("v"));
        tables.delete(Bytes.utf8("gone"));
        tables.delete(Bytes.utf8("perhaps there"));
        tables.applied(1);
        tables.commit();
        // One deletion, the format and the LSN.
        assertThat(counting.batches()).containsExactly(3);
    }

    @Test
    void row_deletedInsertedAndDeleted_isDeletedInTheStore() {
        PartitionTables tables = new PartitionTables(store);
        tables.put(Bytes.utf8("k"), Bytes.utf8("v"));
        tables.applied(1);
        tables.commit();
        tables.delete(Bytes.utf8("k"));
        tables.insert(Bytes.utf8("k"), Bytes.utf8("again"));
        tables.delete(Bytes.utf8("k"));
        tables.applied(2);
        tables.commit();
        assertThat(store.get(Bytes.utf8("k"))).isEmpty();
    }

    @Test
    void commitIfFull_writesOnceEnoughHasGathered() {
        CountingRows counting = new CountingRows(new GatherLimits(4, 1_000));
        PartitionTables tables = new PartitionTables(counting);
        for (int i = 1; i <= 10; i++) {
            tables.put(Bytes.utf8("k" + i), Bytes.utf8("v"));
            tables.applied(i);
            tables.commitIfFull();
        }
        tables.put(Bytes.utf8("k"), Bytes.wrap(new byte[1_000]));
        tables.applied(11);
        tables.commitIfFull();
        // The format and three; four; three and a large one. The LSN each time.
        assertThat(counting.batches()).containsExactly(5, 5, 5);
        assertThat(tables.appliedLsn()).isEqualTo(11);
    }

    @Test
    void scan_overChangesAndStore_seesWhatAMapWouldHold() {
        Random random = new Random(3);
        PartitionTables tables = new PartitionTables(store);
        TreeMap<Bytes, Bytes> expected = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            Bytes key = key(random);
            if (random.nextInt(3) == 0) {
                tables.delete(key);
                expected.remove(key);
            } else {
                Bytes value = Bytes.utf8("v" + i);
                if (expected.put(key, value) == null && random.nextBoolean()) {
                    tables.insert(key, value);
                } else {
                    tables.put(key, value);
                }
            }
            if (random.nextInt(40) == 0) {
                tables.applied(i + 1);
                tables.commit();
            }
            assertThat(tables.rows().get(key).orElse(null)).isEqualTo(expected.get(key));
            if (i % 20 == 0) {
                checkScan(tables, expected, random);
            }
        }
    }

    private static Bytes key(Random random) {
        return Bytes.wrap(new byte[] {100, (byte) random.nextInt(6), (byte) random.nextInt(40)});
    }

    private static void checkScan(PartitionTables tables, NavigableMap<Bytes, Bytes> expected, Random random) {
        Bytes prefix = Bytes.wrap(new byte[] {100, (byte) random.nextInt(6)});
        int limit = 1 + random.nextInt(50);
        List<Map.Entry<Bytes, Bytes>> seen = new ArrayList<>();
        tables.rows().scan(prefix, (key, value) -> {
            seen.add(Map.entry(key, value));
            return seen.size() < limit;
        });
        List<Map.Entry<Bytes, Bytes>> wanted =
                expected.subMap(prefix, true, Key.behind(prefix), false).entrySet().stream()
                        .limit(limit)
                        .map(Map.Entry::copyOf)
                        .toList();
        assertThat(seen).isEqualTo(wanted);
    }

    @Test
    void keyBehind_aPrefixOfHighBytes_isBehindAllThatBeginWithIt() {
        assertThat(Key.behind(Bytes.wrap(new byte[] {1, -1, -1}))).isEqualTo(Bytes.wrap(new byte[] {2}));
        assertThat(Key.behind(Bytes.wrap(new byte[] {1, 7}))).isEqualTo(Bytes.wrap(new byte[] {1, 8}));
    }

    @Test
    void store_ofANewerFormat_isRefused() {
        WriteBatch batch = new WriteBatch();
        batch.put(Key.meta(0), PartitionTables.number(99));
        store.write(batch);
        assertThatThrownBy(() -> new PartitionTables(store))
                .isInstanceOf(StoredFormatException.class)
                .hasMessageContaining("format 99");
    }
}
