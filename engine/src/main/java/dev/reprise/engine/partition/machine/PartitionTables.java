package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.BinaryWriter;
import dev.reprise.engine.partition.StoredFormat;
import dev.reprise.engine.partition.StoredFormatException;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.engine.store.GatherLimits;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A partition's rows. Changes gather in one open batch, later reads see them at once, and they reach the store together
 * with the LSN they stand for. Used by one thread at a time; other threads read through {@code PartitionReads}.
 *
 * <p>Rows that are read at every step are kept decoded on the heap, in caches of bounded size; the least recently used
 * goes first. A cache contains nothing that is not also in the batch or the store.
 */
public final class PartitionTables {
    /* The names of single values; all are u64. */
    private static final int STORE_FORMAT = 0;
    private static final int APPLIED_LSN = 1;
    private static final int EPOCH = 2;
    private static final int SEQUENCE = 3;
    private static final int OUTBOX_DELIVERED = 4;
    private static final int VALUES = 5;

    private static final int HOT_ROWS_MAX = 20_000;
    private static final long HOT_BYTES_MAX =
            Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 128);
    private static final int HOT_ROW_BYTES = 128;

    private final KeyValueStore store;
    private final GatherLimits limits;
    private final WriteBatch batch = new WriteBatch();
    private final Rows rows;
    private final InvocationTable invocations;
    private final JournalTable journal;
    private final StateTable state;
    private final PromiseTable promises;
    private final ObjectTable objects;
    private final TimerTable timers;
    private final long[] values = new long[VALUES];
    private long committedLsn;
    private final RecentlyUsed<Bytes, Optional<Bytes>> hot = new RecentlyUsed<>(
            HOT_ROWS_MAX,
            HOT_BYTES_MAX,
            (key, value) -> HOT_ROW_BYTES + key.size() + value.map(Bytes::size).orElse(0));

    /**
     * The tables in a store.
     *
     * @throws StoredFormatException when a version of another stored format has written it
     */
    public PartitionTables(KeyValueStore store) {
        this.store = store;
        this.limits = store.gatherLimits();
        this.rows = new Rows(store, batch);
        this.invocations = new InvocationTable(this, rows);
        this.journal = new JournalTable(this, rows);
        this.state = new StateTable(this, rows);
        this.promises = new PromiseTable(this, rows);
        this.objects = new ObjectTable(this, rows);
        this.timers = new TimerTable(this, rows);
        for (int name = 0; name < VALUES; name++) {
            values[name] = readValue(rows, name);
        }
        committedLsn = values[APPLIED_LSN];
        if (values[STORE_FORMAT] == 0) {
            putValue(STORE_FORMAT, StoredFormat.VERSION);
        } else if (values[STORE_FORMAT] != StoredFormat.VERSION) {
            throw new StoredFormatException("the store has format " + values[STORE_FORMAT]
                    + ", this version reads and writes " + StoredFormat.VERSION);
        }
    }

    public InvocationTable invocations() {
        return invocations;
    }

    public JournalTable journal() {
        return journal;
    }

    StateTable state() {
        return state;
    }

    PromiseTable promises() {
        return promises;
    }

    ObjectTable objects() {
        return objects;
    }

    TimerTable timers() {
        return timers;
    }

    public Rows rows() {
        return rows;
    }

    /** Notes that the tables now contain everything up to the record with this LSN. */
    public void applied(long lsn) {
        values[APPLIED_LSN] = lsn;
    }

    /** Writes the open batch if enough has gathered for the store. */
    public void commitIfFull() {
        if (limits.isReachedBy(batch)) {
            commit();
        }
    }

    /** Writes the open batch, so that the store has everything that was applied. */
    public void commit() {
        if (committedLsn == values[APPLIED_LSN]) {
            return;
        }
        putValue(APPLIED_LSN, values[APPLIED_LSN]);
        store.write(batch);
        batch.clear();
        committedLsn = values[APPLIED_LSN];
    }

    /**
     * Writes the open batch and has the store flush everything to its disk, which proves that there is room. May take
     * long.
     */
    public void commitAndFlush() {
        commit();
        store.flush();
    }

    /** The last record whose effects are in the store: after a crash, what came later is applied again. */
    public static long storedLsn(Rows rows) {
        return readValue(rows, APPLIED_LSN);
    }

    /** The last record that was applied, though its changes may not be in the store yet; 0 for none. */
    public long appliedLsn() {
        return values[APPLIED_LSN];
    }

    /** The present leader's epoch, which is the LSN of its announcement; 0 before the first. */
    public long epoch() {
        return values[EPOCH];
    }

    void setEpoch(long epoch) {
        putValue(EPOCH, epoch);
    }

    /** The last outbox message that has arrived and is forgotten; 0 for none. */
    long outboxDelivered() {
        return values[OUTBOX_DELIVERED];
    }

    void setOutboxDelivered(long sequence) {
        putValue(OUTBOX_DELIVERED, sequence);
    }

    /** The last number drawn by {@link #nextSequence}; 0 for none. */
    long lastSequence() {
        return values[SEQUENCE];
    }

    /** Draws the next number for an outbox message or an inbox entry, from 1. */
    long nextSequence() {
        long next = values[SEQUENCE] + 1;
        putValue(SEQUENCE, next);
        return next;
    }

    /** Visits the timers that have not fired, in the order of their times, until the visitor returns false. */
    public void forEachTimer(Predicate<TimerKey> visitor) {
        TimerTable.forEach(rows, visitor);
    }

    /** As {@link Rows#get}, for small rows that are read at every step and so are kept on the heap. */
    Optional<Bytes> getHot(Bytes key) {
        Optional<Bytes> known = hot.get(key);
        if (known == null) {
            known = rows.get(key);
            hot.put(key, known);
        }
        return known;
    }

    void put(Bytes key, Bytes value) {
        batch.put(key, value);
    }

    /**
     * As {@link #put}, for a row that does not exist: if it is deleted before it is written, the store never sees it.
     */
    void insert(Bytes key, Bytes value) {
        batch.insert(key, value);
    }

    /** Writes a row that {@link #getHot} reads. */
    void putHot(Bytes key, Bytes value) {
        Optional<Bytes> before = hot.put(key, Optional.of(value));
        if (before != null && before.isEmpty()) {
            insert(key, value);
        } else {
            put(key, value);
        }
    }

    void delete(Bytes key) {
        batch.delete(key);
    }

    /** Deletes a row that {@link #getHot} reads. */
    void deleteHot(Bytes key) {
        batch.delete(key);
        hot.put(key, Optional.empty());
    }

    /** Deletes the rows whose keys begin with {@code prefix}. */
    void deleteAll(Bytes prefix) {
        List<Bytes> found = new ArrayList<>();
        rows.scan(prefix, (key, _) -> found.add(key));
        found.forEach(this::delete);
    }

    private static long readValue(Rows rows, int name) {
        return rows.get(Key.meta(name))
                .map(value -> new BinaryReader(value).i64())
                .orElse(0L);
    }

    private void putValue(int name, long value) {
        values[name] = value;
        batch.put(Key.meta(name), number(value));
    }

    static Bytes number(long value) {
        return new BinaryWriter(Long.BYTES).i64(value).toBytes();
    }
}
