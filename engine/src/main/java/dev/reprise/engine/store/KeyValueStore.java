package dev.reprise.engine.store;

import dev.reprise.protocol.Bytes;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * An ordered map from bytes to bytes; keys are ordered by unsigned bytes. One thread writes; any thread reads.
 *
 * <p>A write is visible at once and survives a crash of the process or the machine only after a later {@link #flush}.
 * After a crash the map holds the state after some write that is no older than the last flush, never a part of one
 * batch without the rest.
 */
public interface KeyValueStore {
    Optional<Bytes> get(Bytes key);

    /**
     * Visits the entries of a range in ascending order until the visitor returns false. The visitor sees the state at
     * the time of the call, whatever is written meanwhile.
     */
    void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor);

    /** Applies a batch atomically. */
    void write(WriteBatch batch);

    /** The size of batches that suits it. */
    default GatherLimits gatherLimits() {
        return GatherLimits.NONE;
    }

    /** After how many bytes of applied records it should be flushed, so that not too many need to be applied again. */
    default long flushEveryBytes() {
        return 64L << 20;
    }

    /** Forces every earlier write to disk. May take long; called from a background thread. */
    void flush();
}
