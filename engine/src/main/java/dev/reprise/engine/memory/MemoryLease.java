package dev.reprise.engine.memory;

/** Bytes taken from a {@link MemoryPool} until they are given back. Any thread; closing it twice gives back once. */
public final class MemoryLease implements AutoCloseable {
    private final MemoryPool pool;

    /* Guarded by this. */
    private long bytes;
    private boolean closed;

    MemoryLease(MemoryPool pool, long bytes) {
        this.pool = pool;
        this.bytes = bytes;
    }

    /** How much is taken. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Takes more, if it is available and nobody waits for any; answers whether it did. */
    public synchronized boolean tryGrow(long moreBytes) {
        if (closed || !pool.tryTake(moreBytes)) {
            return false;
        }
        bytes += moreBytes;
        return true;
    }

    /** Gives back everything above this. */
    public void shrinkTo(long bytesLeft) {
        long over;
        synchronized (this) {
            over = Math.max(0, bytes - bytesLeft);
            bytes -= over;
        }
        if (over > 0) {
            pool.giveBack(over);
        }
    }

    /** Takes over what another lease of the same pool holds; that one is empty then. */
    public void absorb(MemoryLease other) {
        long taken;
        synchronized (other) {
            taken = other.bytes;
            other.bytes = 0;
            other.closed = true;
        }
        boolean late;
        synchronized (this) {
            late = closed;
            bytes += late ? 0 : taken;
        }
        if (late) {
            pool.giveBack(taken);
        }
    }

    /** Gives everything back. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        shrinkTo(0);
    }
}
