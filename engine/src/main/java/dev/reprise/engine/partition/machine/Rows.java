package dev.reprise.engine.partition.machine;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.WriteBatch.Change;
import dev.reprise.protocol.Bytes;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A partition's rows for reading: the store, overlaid with the changes of a batch that is not written yet. */
public final class Rows {
    private final KeyValueStore store;
    private final NavigableMap<Bytes, Change> changes;

    public Rows(KeyValueStore store, WriteBatch changes) {
        this.store = store;
        this.changes = changes.changes();
    }

    public Optional<Bytes> get(Bytes key) {
        Change changed = changes.get(key);
        return changed == null ? store.get(key) : Optional.ofNullable(changed.value());
    }

    /** Visits the rows whose keys begin with {@code prefix}, in order, until the visitor returns false. */
    public void scan(Bytes prefix, BiPredicate<Bytes, Bytes> visitor) {
        scan(prefix, Key.behind(prefix), visitor);
    }

    /**
     * Visits the rows of a range of keys in order, until the visitor returns false. It may change the row it is shown,
     * and those before.
     */
    public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
        NavigableMap<Bytes, Change> changed = changes.subMap(fromInclusive, true, toExclusive, false);
        if (changed.isEmpty()) {
            store.scan(fromInclusive, toExclusive, visitor);
        } else {
            new Merge(changed, visitor).run(store, fromInclusive, toExclusive);
        }
    }

    /** The first row of a range; null if there is none. */
    public Map.@Nullable Entry<Bytes, Bytes> first(Bytes fromInclusive, Bytes toExclusive) {
        TreeMap<Bytes, Bytes> found = new TreeMap<>();
        scan(fromInclusive, toExclusive, (key, value) -> {
            found.put(key, value);
            return false;
        });
        return found.firstEntry();
    }

    /** One scan of the store, merged with the changes. */
    private static final class Merge {
        private final NavigableMap<Bytes, Change> changes;
        private final BiPredicate<Bytes, Bytes> visitor;
        private Map.@Nullable Entry<Bytes, Change> ahead;
        private boolean more = true;

        private Merge(NavigableMap<Bytes, Change> changes, BiPredicate<Bytes, Bytes> visitor) {
            this.changes = changes;
            this.visitor = visitor;
            this.ahead = changes.firstEntry();
        }

        private void run(KeyValueStore store, Bytes fromInclusive, Bytes toExclusive) {
            store.scan(fromInclusive, toExclusive, this::stored);
            while (more && ahead != null) {
                visit(ahead);
            }
        }

        private boolean stored(Bytes key, Bytes value) {
            while (more && ahead != null && ahead.getKey().compareTo(key) < 0) {
                visit(ahead);
            }
            if (more) {
                if (ahead != null && ahead.getKey().equals(key)) {
                    visit(ahead);
                } else {
                    more = visitor.test(key, value);
                }
            }
            return more;
        }

        private void visit(Map.Entry<Bytes, Change> change) {
            Bytes value = change.getValue().value();
            more = value == null || visitor.test(change.getKey(), value);
            ahead = changes.higherEntry(change.getKey());
        }
    }
}
