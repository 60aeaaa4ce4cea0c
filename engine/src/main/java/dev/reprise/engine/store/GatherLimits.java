package dev.reprise.engine.store;

/**
 * How much may gather in a {@link WriteBatch} before it should be written, whichever is reached first. Changes that are
 * undone while they gather never reach the store.
 *
 * @param changes the number of keys
 * @param bytes the bytes of keys and values
 */
public record GatherLimits(int changes, long bytes) {
    /** Writes everything at once. */
    public static final GatherLimits NONE = new GatherLimits(0, 0);

    /** Whether a batch should be written. */
    public boolean isReachedBy(WriteBatch batch) {
        return batch.changes().size() >= changes || batch.bytes() >= bytes;
    }
}
