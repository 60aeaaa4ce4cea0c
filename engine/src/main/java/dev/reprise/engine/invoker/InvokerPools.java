package dev.reprise.engine.invoker;

import dev.reprise.engine.config.InvokerMemory;
import dev.reprise.engine.memory.MemoryPool;
import java.util.List;

/**
 * The memory that all attempts of a node share, in two halves. Each attempt takes a little of the first half before it
 * begins and gives it back at its end. Whatever it needs beyond that, for a long replay or a large message, comes from
 * the second half while it is on its way. So attempts that wait for more never wait for attempts that have not begun.
 * Any thread.
 */
public final class InvokerPools {
    private final InvokerMemory memory;
    private final MemoryPool initial;
    private final MemoryPool more;

    public InvokerPools(InvokerMemory memory) {
        this.memory = memory;
        this.initial = half(memory);
        this.more = half(memory);
    }

    private static MemoryPool half(InvokerMemory memory) {
        return memory.poolBytes() == Long.MAX_VALUE
                ? MemoryPool.unlimited()
                : new MemoryPool(Math.max(memory.initialBytes(), memory.poolBytes() / 2));
    }

    /** Both halves, to be monitored. */
    public List<MemoryPool> all() {
        return List.of(initial, more);
    }

    /** What attempts take before they begin. */
    MemoryPool initial() {
        return initial;
    }

    /** What attempts take beyond that. */
    MemoryPool more() {
        return more;
    }

    /** How much each attempt takes before it begins. */
    long initialBytes() {
        return memory.initialBytes();
    }

    /** The most that an attempt may have on its way in one direction. */
    long limitBytes() {
        return Math.min(memory.perAttemptBytes(), more.capacityBytes());
    }
}
