package dev.reprise.engine.store.memory;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** A store on the heap, gone with the process. Any thread. */
public final class MemoryStore implements Store {
    private final TreeMap<Integer, Partition> partitions = new TreeMap<>();

    @Override
    public synchronized Partition partition(int partition) {
        return partitions.computeIfAbsent(partition, _ -> new Partition());
    }

    @Override
    public void close() {}

    /** One partition's map. */
    public static final class Partition implements KeyValueStore {
        private final TreeMap<Bytes, Bytes> entries = new TreeMap<>();

        @Override
        public synchronized Optional<Bytes> get(Bytes key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
            List<Map.Entry<Bytes, Bytes>> range;
            synchronized (this) {
                range = new ArrayList<>(
                        entries.subMap(fromInclusive, true, toExclusive, false).entrySet());
            }
            for (Map.Entry<Bytes, Bytes> entry : range) {
                if (!visitor.test(entry.getKey(), entry.getValue())) {
                    return;
                }
            }
        }

        @Override
        public synchronized void write(WriteBatch batch) {
            batch.changes().forEach((key, value) -> {
                if (value.isPresent()) {
                    entries.put(key, value.get());
                } else {
                    entries.remove(key);
                }
            });
        }

        @Override
        public void flush() {}

        /** A copy of all entries, in key order. */
        public synchronized NavigableMap<Bytes, Bytes> entries() {
            return new TreeMap<>(entries);
        }

        /** Replaces all entries, as a crash does that loses what was not flushed. */
        public synchronized void restore(NavigableMap<Bytes, Bytes> snapshot) {
            entries.clear();
            entries.putAll(snapshot);
        }
    }
}
