package dev.reprise.simulator.disk;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.simulator.world.World;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** One node's store. A crash leaves of a partition its last flush or, by chance, its latest state. */
record SimulatedStore(World world, MemoryStore store, TreeMap<Integer, NavigableMap<Bytes, Bytes>> flushed)
        implements Store {
    private static final double KEPT_BY_CHANCE = 0.3;

    /** An empty one. */
    SimulatedStore(World world) {
        this(world, new MemoryStore(), new TreeMap<>());
    }

    @Override
    public KeyValueStore partition(int partition) {
        flushed.putIfAbsent(partition, new TreeMap<>());
        Rows rows = new Rows(store.partition(partition), entries -> flushed.put(partition, entries));
        return new FaultyRows(world, rows);
    }

    /** What cannot be flushed is then only in the log. */
    @Override
    public void close() {
        for (int partition : List.copyOf(flushed.keySet())) {
            partition(partition).flush();
        }
    }

    NavigableMap<Bytes, Bytes> entries(int partition) {
        return store.partition(partition).entries();
    }

    /** The store that another node starts with if this one dies now. */
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

    /** A partition's rows, and those of the last flush. */
    private record Rows(MemoryStore.Partition rows, Consumer<NavigableMap<Bytes, Bytes>> flushing)
            implements KeyValueStore {
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
            rows.write(batch);
        }

        @Override
        public void flush() {
            flushing.accept(rows.entries());
        }
    }
}
