package dev.reprise.engine.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.StoreContractTest;
import dev.reprise.protocol.Bytes;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContractTest {
    @Override
    protected Store open() {
        return new MemoryStore();
    }

    @Test
    void partition_restored_holdsTheSnapshotAlone() {
        MemoryStore store = new MemoryStore();
        MemoryStore.Partition rows = store.partition(0);
        rows.write(batch("a", "1"));
        NavigableMap<Bytes, Bytes> snapshot = rows.entries();
        rows.write(batch("a", "2", "b", "2"));
        rows.restore(snapshot);
        rows.write(batch("c", "3"));
        assertThat(all(rows)).containsOnlyKeys(Bytes.utf8("a"), Bytes.utf8("c"));
        assertThat(snapshot).containsOnlyKeys(Bytes.utf8("a"));
    }
}
