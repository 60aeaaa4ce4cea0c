package dev.reprise.engine.store.memory;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Invariants;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * A store on the heap that disappears with the process. It refuses a batch that inserts an existing key. Any thread.
 */
public final class MemoryStore implements Store {
    private final TreeMap<Integer, Partition> partitions = new TreeMap<>();

    @Override
    public synchronized Partition partition(int partition) {
        return partitions.computeIfAbsent(partition, _ -> new Partition());
    }

    @Override
    public void close() {}

    /**
     * One partition's map.
     *
     * <p>A scan reads the map as it was at the beginning; a write during a scan goes to a copy.
     */
    public static final class Partition implements KeyValueStore {
        /* Guarded by this. */
        private Version current = new Version(new TreeMap<>());

        private static final class Version {
            private final NavigableMap<Bytes, Bytes> entries;
            private int scans;

            private Version(NavigableMap<Bytes, Bytes> entries) {
                this.entries = entries;
            }
        }

        @Override
        public synchronized Optional<Bytes> get(Bytes key) {
            return Optional.ofNullable(current.entries.get(key));
        }

        @Override
        public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
            if (fromInclusive.compareTo(toExclusive) >= 0) {
                return;
            }
            Version scanned = beginScan();
            try {
                for (Map.Entry<Bytes, Bytes> entry : scanned.entries
                        .subMap(fromInclusive, true, toExclusive, false)
                        .entrySet()) {
                    if (!visitor.test(entry.getKey(), entry.getValue())) {
                        return;
                    }
                }
            } finally {
                endScan(scanned);
            }
        }

        private synchronized Version beginScan() {
            current.scans++;
            return current;
        }

        private synchronized void endScan(Version scanned) {
            scanned.scans--;
        }

        @Override
        public synchronized void write(WriteBatch batch) {
            if (current.scans > 0) {
                current = new Version(new TreeMap<>(current.entries));
            }
            batch.changes().forEach((key, change) -> {
                Invariants.check(
                        !change.isNew() || !current.entries.containsKey(key), "what is inserted was not there", key);
                if (change.value() == null) {
                    current.entries.remove(key);
                } else {
                    current.entries.put(key, change.value());
                }
            });
        }

        @Override
        public void flush() {}

        /** A copy of all entries, in key order. */
        public synchronized NavigableMap<Bytes, Bytes> entries() {
            return new TreeMap<>(current.entries);
        }

        /** Replaces all entries, like a crash that loses what was not flushed. */
        public synchronized void restore(NavigableMap<Bytes, Bytes> snapshot) {
            current = new Version(new TreeMap<>(snapshot));
        }
    }
}
