package dev.reprise.engine.config;

/**
 * How much memory an engine's attempts may use for messages on their way between it and the handlers: replays, state
 * and entries.
 *
 * @param poolBytes for all attempts together; {@link Long#MAX_VALUE} for unlimited. One half lets attempts begin, the
 *     other is for what they have on their way beyond that.
 * @param initialBytes what each attempt takes before it begins, at least 1; it waits until that is available
 * @param perAttemptBytes the most that an attempt may have on its way in one direction, at most half of the pool. An
 *     invocation pauses when a single entry or state value is larger.
 */
public record InvokerMemory(long poolBytes, long initialBytes, long perAttemptBytes) {
    /** Unlimited, as suits handlers that are on the same heap. */
    public static final InvokerMemory UNLIMITED = new InvokerMemory(Long.MAX_VALUE, 32 << 10, Long.MAX_VALUE);

    public InvokerMemory {
        if (poolBytes < 1 || initialBytes < 1 || perAttemptBytes < 1) {
            throw new IllegalArgumentException("memory for attempts must be at least 1 byte, was " + poolBytes + ", "
                    + initialBytes + " to begin and " + perAttemptBytes + " for each");
        }
    }
}
