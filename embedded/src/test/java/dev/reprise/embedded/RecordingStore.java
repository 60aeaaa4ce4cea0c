package dev.reprise.embedded;

import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A store in memory that remembers what each commit made of a partition. */
final class RecordingStore implements Store {
    /** A partition's rows after a commit; they stand for its log up to an LSN. */
    record Commit(int partition, long lsn, NavigableMap<Bytes, Bytes> rows) {}

    private final MemoryStore store = new MemoryStore();
    /* Guarded by this. */
    private final List<Commit> commits = new ArrayList<>();

    @Override
    public KeyValueStore partition(int partition) {
        return new Rows(partition, store.partition(partition));
    }

    private synchronized void committed(int partition, MemoryStore.Partition rows) {
        commits.add(new Commit(partition, new PartitionTables(rows).appliedLsn(), rows.entries()));
    }

    /** Each partition's last commit up to an LSN; those without one are left out. */
    synchronized Map<Integer, Commit> lastCommits(long upToLsnInclusive) {
        Map<Integer, Commit> last = new TreeMap<>();
        for (Commit commit : commits) {
            if (commit.lsn() <= upToLsnInclusive) {
                last.put(commit.partition(), commit);
            }
        }
        return last;
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Rows extends ForwardingRows {
        private final int partition;
        private final MemoryStore.Partition rows;

        private Rows(int partition, MemoryStore.Partition rows) {
            super(rows);
            this.partition = partition;
            this.rows = rows;
        }

        @Override
        public void write(WriteBatch batch) {
            super.write(batch);
            committed(partition, rows);
        }
    }
}
