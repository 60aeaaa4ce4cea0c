package dev.reprise.engine.partition.machine;

import dev.reprise.engine.store.GatherLimits;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Rows in memory that count what is read and written. */
final class CountingRows implements KeyValueStore {
    private final KeyValueStore rows = new MemoryStore().partition(0);
    private final GatherLimits limits;
    private final List<Integer> batches = new ArrayList<>();
    private int reads;
    private int writes;
    private long writtenBytes;

    CountingRows(GatherLimits limits) {
        this.limits = limits;
    }

    /** The reads and the scans. */
    int reads() {
        return reads;
    }

    /** The changes of all batches. */
    int writes() {
        return writes;
    }

    /** The bytes of the keys and the values of all batches. */
    long writtenBytes() {
        return writtenBytes;
    }

    /** The number of changes of each batch. */
    List<Integer> batches() {
        return batches;
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        reads++;
        return rows.get(key);
    }

    @Override
    public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
        reads++;
        rows.scan(fromInclusive, toExclusive, visitor);
    }

    @Override
    public void write(WriteBatch batch) {
        batches.add(batch.changes().size());
        writes += batch.changes().size();
        writtenBytes += batch.bytes();
        rows.write(batch);
    }

    @Override
    public GatherLimits gatherLimits() {
        return limits;
    }

    @Override
    public void flush() {}
}
