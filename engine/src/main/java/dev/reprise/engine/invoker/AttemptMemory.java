package dev.reprise.engine.invoker;

import dev.reprise.engine.memory.MemoryLease;

/**
 * The memory of one attempt: what it took to begin, and what it has on its way in each direction.
 *
 * @param initial given back at its end
 * @param out what is on its way to the handler; the partition's thread holds
 * @param in what comes from the handler; its deployment's thread holds
 * @param limitBytes the most that may be on its way in one direction
 */
record AttemptMemory(MemoryLease initial, HeldMemory out, HeldMemory in, long limitBytes) implements AutoCloseable {
    static AttemptMemory of(InvokerPools pools, MemoryLease initial) {
        return new AttemptMemory(
                initial,
                new HeldMemory(pools.more(), pools.initialBytes()),
                new HeldMemory(pools.more(), pools.initialBytes()),
                pools.limitBytes());
    }

    /** The largest message that a handler can send. */
    long largestInBytes() {
        return in.bytesMax();
    }

    @Override
    public void close() {
        out.close();
        in.close();
        initial.close();
    }
}
