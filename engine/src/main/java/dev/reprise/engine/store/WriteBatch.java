package dev.reprise.engine.store;

import dev.reprise.protocol.Bytes;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a {@link KeyValueStore} that become visible together; the last change of a key wins. A key that is
 * inserted and deleted again leaves nothing behind. Used by one thread.
 */
public final class WriteBatch {
    /**
     * The change of a key.
     *
     * @param value its new value; null for a deletion
     * @param isNew whether the store has no such key, so that there is nothing to delete in it
     */
    public record Change(@Nullable Bytes value, boolean isNew) {
        private static final Change DELETION = new Change(null, false);

        private long bytes() {
            return value == null ? 0 : value.size();
        }
    }

    private final TreeMap<Bytes, Change> changes = new TreeMap<>();
    private long bytes;

    public void put(Bytes key, Bytes value) {
        Change before = changes.get(key);
        set(key, before, new Change(value, before != null && before.isNew()));
    }

    /** As {@link #put}, for a key that is neither in the store nor in this batch. */
    public void insert(Bytes key, Bytes value) {
        Change before = changes.get(key);
        // A deletion in this batch may be of a key in the store.
        set(key, before, new Change(value, before == null || before.isNew()));
    }

    public void delete(Bytes key) {
        Change before = changes.get(key);
        if (before != null && before.isNew()) {
            changes.remove(key);
            bytes -= key.size() + before.bytes();
        } else {
            set(key, before, Change.DELETION);
        }
    }

    private void set(Bytes key, @Nullable Change before, Change change) {
        changes.put(key, change);
        bytes += change.bytes() - (before == null ? -key.size() : before.bytes());
    }

    /** The changes in key order. */
    public NavigableMap<Bytes, Change> changes() {
        return changes;
    }

    /** The bytes of all keys and new values. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public void clear() {
        changes.clear();
        bytes = 0;
    }
}
