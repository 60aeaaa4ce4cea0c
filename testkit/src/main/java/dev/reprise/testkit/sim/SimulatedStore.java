package dev.reprise.testkit.sim;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** One node's store. What a crash leaves of a partition is its last flush or, by chance, what it had. */
final class SimulatedStore implements Store {
    private static final double KEPT_BY_CHANCE = 0.3;

    private final World world;
    private final MemoryStore store = new MemoryStore();
    private final TreeMap<Integer, NavigableMap<Bytes, Bytes>> flushed = new TreeMap<>();

    SimulatedStore(World world) {
        this.world = world;
    }

    @Override
    public KeyValueStore partition(int partition) {
        return new Rows(partition, store.partition(partition));
    }

    NavigableMap<Bytes, Bytes> entries(int partition) {
        return store.partition(partition).entries();
    }

    /** The store that another node begins with when this one dies here. */
    SimulatedStore afterCrash(int partitions) {
        SimulatedStore next = new SimulatedStore(world);
        for (int partition = 0; partition < partitions; partition++) {
            NavigableMap<Bytes, Bytes> left = world.dice().chance(KEPT_BY_CHANCE)
                    ? entries(partition)
                    : flushed.getOrDefault(partition, new TreeMap<>());
            next.store.partition(partition).restore(left);
            next.flushed.put(partition, left);
        }
        return next;
    }

    @Override
    public void close() {}

    private final class Rows implements KeyValueStore {
        private final int partition;
        private final MemoryStore.Partition rows;

        private Rows(int partition, MemoryStore.Partition rows) {
            this.partition = partition;
            this.rows = rows;
        }

        @Override
        public Optional<Bytes> get(Bytes key) {
            return rows.get(key);
        }

        @Override
        public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
            rows.scan(fromInclusive, toExclusive, visitor);
        }

        @Override
        public void write(WriteBatch batch) {
            world.crashPoint("before a commit");
            rows.write(batch);
            world.crashPoint("after a commit");
        }

        @Override
        public void flush() {
            flushed.put(partition, rows.entries());
        }
    }
}
