package dev.reprise.engine.config;

/**
 * How much memory the attempts of an engine may take for what is on its way between it and the handlers: replays, state and
 * messages.
 *
 * @param poolBytes for all attempts together; {@link Long#MAX_VALUE} for any amount. Half of it is for attempts to begin,
 *     half for what they have on their way beyond that.
 * @param initialBytes what each attempt takes before it begins, at least 1; it waits until that is there
 * @param perAttemptBytes the most that an attempt may have on its way in one direction, at the most half of the pool. An
 *     invocation is paused when a single entry or state value is larger.
 */
public record InvokerMemory(long poolBytes, long initialBytes, long perAttemptBytes) {
    /** Any amount, as suits handlers that live on the same heap. */
    public static final InvokerMemory UNLIMITED = new InvokerMemory(Long.MAX_VALUE, 32 << 10, Long.MAX_VALUE);

    public InvokerMemory {
        if (poolBytes < 1 || initialBytes < 1 || perAttemptBytes < 1) {
            throw new IllegalArgumentException("memory for attempts must be at least 1 byte, was " + poolBytes + ", "
                    + initialBytes + " to begin and " + perAttemptBytes + " for each");
        }
    }
}
