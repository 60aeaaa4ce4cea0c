package dev.reprise.engine.partition;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A partition's rows. Changes gather in one open batch, are seen by later reads at once, and reach the store together
 * with the LSN they stand for. Used by one thread at a time.
 */
public final class Tables {
    private static final int APPLIED_LSN = 1;
    private static final int EPOCH = 2;
    private static final int SEQUENCE = 3;
    private static final int HOT_INVOCATIONS_MAX = 20_000;

    private final KeyValueStore store;
    private final WriteBatch batch = new WriteBatch();
    private final InvocationTable invocations = new InvocationTable(this);
    private final JournalTable journal = new JournalTable(this);
    private final Map<Bytes, Optional<Bytes>> hot = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Optional<Bytes>> eldest) {
            return size() > HOT_INVOCATIONS_MAX;
        }
    };

    public Tables(KeyValueStore store) {
        this.store = store;
    }

    public InvocationTable invocations() {
        return invocations;
    }

    public JournalTable journal() {
        return journal;
    }

    /** Writes the open batch; what it holds is the state after the record with this LSN. */
    public void commit(long appliedLsn) {
        putHot(Key.meta(APPLIED_LSN), number(appliedLsn));
        store.write(batch);
        batch.clear();
    }

    /** The last record whose changes are stored; 0 for none. */
    public long appliedLsn() {
        return metaNumber(APPLIED_LSN);
    }

    /** The present leader's epoch; 0 before the first. */
    public long epoch() {
        return metaNumber(EPOCH);
    }

    void setEpoch(long epoch) {
        putHot(Key.meta(EPOCH), number(epoch));
    }

    /** Draws the next number for an outbox message or an inbox entry. */
    long nextSequence() {
        long next = metaNumber(SEQUENCE) + 1;
        putHot(Key.meta(SEQUENCE), number(next));
        return next;
    }

    /** Visits the timers that have not fired, in the order of their times, until the visitor returns false. */
    public void forEachTimer(Predicate<TimerKey> visitor) {
        scan(Key.table(Key.TIMER), (key, _) -> {
            BinaryReader r = new BinaryReader(key);
            r.u8();
            return visitor.test(Encodings.timer(r));
        });
    }

    Optional<Bytes> get(Bytes key) {
        Optional<Bytes> changed = batch.changes().get(key);
        return changed != null ? changed : store.get(key);
    }

    /** As {@link #get}, for rows that are read at every step: they are kept on the heap. */
    Optional<Bytes> getHot(Bytes key) {
        Optional<Bytes> changed = batch.changes().get(key);
        return changed != null ? changed : hot.computeIfAbsent(key, store::get);
    }

    void put(Bytes key, Bytes value) {
        batch.put(key, value);
    }

    void putHot(Bytes key, Bytes value) {
        batch.put(key, value);
        hot.put(key, Optional.of(value));
    }

    void delete(Bytes key) {
        batch.delete(key);
        hot.remove(key);
    }

    /** Drops a row's copy on the heap. */
    void cool(Bytes key) {
        hot.remove(key);
    }

    /** Visits the rows whose keys begin with {@code prefix}, in order, the open batch included. */
    void scan(Bytes prefix, BiPredicate<Bytes, Bytes> visitor) {
        scanFrom(prefix, Key.behind(prefix), visitor);
    }

    private void scanFrom(Bytes from, Bytes to, BiPredicate<Bytes, Bytes> visitor) {
        NavigableMap<Bytes, Optional<Bytes>> changes =
                new TreeMap<>(batch.changes().subMap(from, true, to, false));
        if (changes.isEmpty()) {
            store.scan(from, to, visitor);
            return;
        }
        boolean[] more = {true};
        store.scan(from, to, (key, value) -> {
            while (more[0] && !changes.isEmpty() && changes.firstKey().compareTo(key) < 0) {
                more[0] = visit(changes.pollFirstEntry(), visitor);
            }
            Optional<Bytes> changed = changes.remove(key);
            Optional<Bytes> current = changed == null ? Optional.of(value) : changed;
            more[0] = more[0] && current.map(bytes -> visitor.test(key, bytes)).orElse(true);
            return more[0];
        });
        while (more[0] && !changes.isEmpty()) {
            more[0] = visit(changes.pollFirstEntry(), visitor);
        }
    }

    private static boolean visit(Map.Entry<Bytes, Optional<Bytes>> change, BiPredicate<Bytes, Bytes> visitor) {
        return change.getValue()
                .map(value -> visitor.test(change.getKey(), value))
                .orElse(true);
    }

    /** Deletes the rows whose keys begin with {@code prefix}. */
    void deleteAll(Bytes prefix) {
        TreeMap<Bytes, Bytes> found = new TreeMap<>();
        scan(prefix, (key, value) -> found.put(key, value) == null);
        found.keySet().forEach(this::delete);
    }

    /** The first row whose key begins with {@code prefix}; null if there is none. */
    Map.@Nullable Entry<Bytes, Bytes> first(Bytes prefix) {
        TreeMap<Bytes, Bytes> found = new TreeMap<>();
        scan(prefix, (key, value) -> {
            found.put(key, value);
            return false;
        });
        return found.firstEntry();
    }

    private long metaNumber(int name) {
        return getHot(Key.meta(name))
                .map(value -> new BinaryReader(value).i64())
                .orElse(0L);
    }

    static Bytes number(long value) {
        return new BinaryWriter().i64(value).toBytes();
    }
}
