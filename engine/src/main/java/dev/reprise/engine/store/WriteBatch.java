package dev.reprise.engine.store;

import dev.reprise.protocol.Bytes;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes to a {@link KeyValueStore} that become visible together; the last change of a key wins. Used by one thread.
 */
public final class WriteBatch {
    private final TreeMap<Bytes, Optional<Bytes>> changes = new TreeMap<>();

    public void put(Bytes key, Bytes value) {
        changes.put(key, Optional.of(value));
    }

    public void delete(Bytes key) {
        changes.put(key, Optional.empty());
    }

    /** Key to new value, empty for a deletion, in key order. */
    public NavigableMap<Bytes, Optional<Bytes>> changes() {
        return changes;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public void clear() {
        changes.clear();
    }
}
