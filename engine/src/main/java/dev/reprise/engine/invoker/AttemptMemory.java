package dev.reprise.engine.invoker;

import dev.reprise.engine.memory.HeldMemory;
import dev.reprise.engine.memory.MemoryLease;

/**
 * The memory of one attempt: what it took to begin, and what it has on its way in each direction.
 *
 * @param initial given back at its end
 * @param out messages on their way to the handler; used by the partition's thread
 * @param in messages from the handler; used by its deployment's thread
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
