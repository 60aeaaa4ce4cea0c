package dev.reprise.engine.store;

/**
 * How much may gather in a {@link WriteBatch} before it should be written: whatever is reached first. What is undone
 * while it gathers never costs the store anything.
 *
 * @param changes the number of keys
 * @param bytes the bytes of keys and values
 */
public record GatherLimits(int changes, long bytes) {
    /** Everything is to be written at once. */
    public static final GatherLimits NONE = new GatherLimits(0, 0);

    /** Whether a batch should be written. */
    public boolean isReachedBy(WriteBatch batch) {
        return batch.changes().size() >= changes || batch.bytes() >= bytes;
    }
}
