package dev.reprise.engine.partition;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A partition's rows as they are read: the store under the changes of a batch that is not written yet. */
final class Rows {
    private final KeyValueStore store;
    private final NavigableMap<Bytes, Optional<Bytes>> changes;

    Rows(KeyValueStore store, WriteBatch changes) {
        this.store = store;
        this.changes = changes.changes();
    }

    Optional<Bytes> get(Bytes key) {
        Optional<Bytes> changed = changes.get(key);
        return changed != null ? changed : store.get(key);
    }

    /** Visits the rows whose keys begin with {@code prefix}, in order, until the visitor returns false. */
    void scan(Bytes prefix, BiPredicate<Bytes, Bytes> visitor) {
        scan(prefix, Key.behind(prefix), visitor);
    }

    /** Visits the rows of a range of keys in order, until the visitor returns false. */
    void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
        NavigableMap<Bytes, Optional<Bytes>> changed = changes.subMap(fromInclusive, true, toExclusive, false);
        if (changed.isEmpty()) {
            store.scan(fromInclusive, toExclusive, visitor);
        } else {
            // A copy, so that the visitor may change rows.
            new Merge(new TreeMap<>(changed), visitor).run(fromInclusive, toExclusive);
        }
    }

    /** The first row of a range; null if there is none. */
    Map.@Nullable Entry<Bytes, Bytes> first(Bytes fromInclusive, Bytes toExclusive) {
        TreeMap<Bytes, Bytes> found = new TreeMap<>();
        scan(fromInclusive, toExclusive, (key, value) -> {
            found.put(key, value);
            return false;
        });
        return found.firstEntry();
    }

    /** One scan of the store with the changes laid over it. */
    private final class Merge {
        private final NavigableMap<Bytes, Optional<Bytes>> ahead;
        private final BiPredicate<Bytes, Bytes> visitor;
        private boolean more = true;

        private Merge(NavigableMap<Bytes, Optional<Bytes>> ahead, BiPredicate<Bytes, Bytes> visitor) {
            this.ahead = ahead;
            this.visitor = visitor;
        }

        private void run(Bytes fromInclusive, Bytes toExclusive) {
            store.scan(fromInclusive, toExclusive, (key, value) -> {
                while (more && !ahead.isEmpty() && ahead.firstKey().compareTo(key) < 0) {
                    visit(ahead.pollFirstEntry());
                }
                Optional<Bytes> changed = ahead.remove(key);
                Optional<Bytes> current = changed == null ? Optional.of(value) : changed;
                more = more && current.map(bytes -> visitor.test(key, bytes)).orElse(true);
                return more;
            });
            while (more && !ahead.isEmpty()) {
                visit(ahead.pollFirstEntry());
            }
        }

        private void visit(Map.Entry<Bytes, Optional<Bytes>> change) {
            more = change.getValue()
                    .map(value -> visitor.test(change.getKey(), value))
                    .orElse(true);
        }
    }
}
