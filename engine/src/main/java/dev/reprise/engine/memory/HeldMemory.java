package dev.reprise.engine.memory;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt has on its way in one direction. A first part is paid for otherwise, as by the memory that the
 * attempt took to begin; the rest comes from a pool. One thread at a time holds, any thread closes.
 */
public final class HeldMemory implements AutoCloseable {
    private final MemoryPool pool;
    private final long paidBytes;
    private final MemoryLease lease;

    private volatile boolean waiting;
    /** More was granted, and nobody has asked for it again yet. */
    private volatile boolean granted;

    private volatile boolean closed;
    private volatile MemoryPool.@Nullable Wait wait;

    /** Holds nothing; so many bytes need no room in the pool. */
    public HeldMemory(MemoryPool pool, long paidBytes) {
        this.pool = pool;
        this.paidBytes = paidBytes;
        this.lease = pool.emptyLease();
    }

    /** The most that it can ever hold. */
    public long bytesMax() {
        return pool.capacityBytes() > Long.MAX_VALUE - paidBytes ? Long.MAX_VALUE : pool.capacityBytes() + paidBytes;
    }

    /**
     * Holds so many bytes in all from now on, if there is room for the difference.
     *
     * @param room called on any thread when there is room after a refusal; never if the pool is too small for it
     * @return whether there is room
     */
    public boolean hold(long bytes, Runnable room) {
        granted = false;
        boolean holds = tryHold(bytes);
        long all = Math.max(0, bytes - paidBytes);
        if (!holds && !closed && !waiting && all <= pool.capacityBytes()) {
            // For all of it: what it holds now it may give back while it waits.
            await(all, room);
        }
        return holds;
    }

    /** As {@link #hold}, but it does not wait after a refusal, and it keeps what was granted for the next call. */
    public boolean tryHold(long bytes) {
        long missing = Math.max(0, bytes - paidBytes) - lease.bytes();
        return missing <= 0 || (!closed && !waiting && lease.tryGrow(missing));
    }

    private void await(long bytes, Runnable room) {
        waiting = true;
        wait = pool.await(bytes, more -> {
            lease.absorb(more);
            granted = true;
            waiting = false;
            room.run();
        });
        if (closed) {
            stopWaiting();
        }
    }

    /** Keeps so many bytes of what it holds. It also keeps what was granted since and not used. */
    public void keep(long bytes) {
        if (!granted) {
            lease.shrinkTo(Math.max(0, bytes - paidBytes));
        }
    }

    /** As {@link #keep}, when no more is wanted: gives back what was granted, too. */
    public void settle(long bytes) {
        stopWaiting();
        granted = false;
        keep(bytes);
    }

    private void stopWaiting() {
        MemoryPool.Wait known = wait;
        wait = null;
        if (known != null && known.cancel()) {
            waiting = false;
        }
    }

    @Override
    public void close() {
        closed = true;
        stopWaiting();
        lease.close();
    }
}
