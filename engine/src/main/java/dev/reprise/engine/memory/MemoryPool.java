package dev.reprise.engine.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A number of bytes that many share: whoever wants to hold a buffer reserves its size first. A caller that finds too
 * little is refused or waits; waiters are served in the order in which they came, and nobody overtakes them. Any
 * thread.
 *
 * <p>Callers that hold a lease while they wait for more can wait forever, if all others do the same. So wait without
 * holding any, or only while what is held is released by itself.
 */
public final class MemoryPool {
    private final long capacityBytes;

    /* Guarded by this. */
    private final SequencedSet<Wait> waiting = new LinkedHashSet<>();
    private long usedBytes;

    /** A pool of so many bytes, at least 1. */
    public MemoryPool(long capacityBytes) {
        if (capacityBytes < 1) {
            throw new IllegalArgumentException("a pool must have at least 1 byte, was " + capacityBytes);
        }
        this.capacityBytes = capacityBytes;
    }

    /** A pool that never has too little. */
    public static MemoryPool unlimited() {
        return new MemoryPool(Long.MAX_VALUE);
    }

    /** How much there is in all. */
    public long capacityBytes() {
        return capacityBytes;
    }

    /** How much of it is taken. */
    public synchronized long usedBytes() {
        return usedBytes;
    }

    /** How many wait for some. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** An empty lease, to be grown. */
    public MemoryLease emptyLease() {
        return new MemoryLease(this, 0);
    }

    /** Reserves so many bytes, if they are available and nobody waits for any. */
    public Optional<MemoryLease> tryReserve(long bytes) {
        return tryTake(bytes) ? Optional.of(new MemoryLease(this, bytes)) : Optional.empty();
    }

    /**
     * Waits for so many bytes.
     *
     * @return empty if there were too few for this long, or if the pool is smaller than that
     * @throws InterruptedException when the thread was interrupted; nothing is reserved then
     */
    public Optional<MemoryLease> reserve(long bytes, Duration patience) throws InterruptedException {
        Optional<MemoryLease> atOnce = tryReserve(bytes);
        if (atOnce.isPresent() || bytes > capacityBytes || !patience.isPositive()) {
            return atOnce;
        }
        CompletableFuture<MemoryLease> granted = new CompletableFuture<>();
        Wait wait = await(bytes, granted::complete);
        try {
            return Optional.of(granted.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return wait.cancel() ? Optional.empty() : Optional.of(granted.join());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a grant cannot fail", e);
        } catch (InterruptedException e) {
            if (!wait.cancel()) {
                granted.join().close();
            }
            throw e;
        }
    }

    /**
     * Waits for so many bytes without a thread.
     *
     * @param granted gets the lease, at once or on the thread that gives back the missing bytes. Must return at once.
     * @throws IllegalArgumentException if the pool is smaller than that
     */
    public Wait await(long bytes, Consumer<MemoryLease> granted) {
        if (bytes > capacityBytes) {
            throw new IllegalArgumentException(
                    bytes + " bytes were asked for, the pool has " + capacityBytes + " in all: wait for no more");
        }
        Wait wait = new Wait(bytes, granted);
        synchronized (this) {
            waiting.add(wait);
        }
        serve();
        return wait;
    }

    /** A waiting reservation. */
    public final class Wait {
        private final long bytes;
        private final Consumer<MemoryLease> granted;

        private Wait(long bytes, Consumer<MemoryLease> granted) {
            this.bytes = bytes;
            this.granted = granted;
        }

        /** Stops waiting; false if the memory was granted already. */
        public boolean cancel() {
            boolean waited;
            synchronized (MemoryPool.this) {
                waited = waiting.remove(this);
            }
            serve();
            return waited;
        }
    }

    synchronized boolean tryTake(long bytes) {
        if (!waiting.isEmpty() || bytes > capacityBytes - usedBytes) {
            return false;
        }
        usedBytes += bytes;
        return true;
    }

    void giveBack(long bytes) {
        synchronized (this) {
            usedBytes -= bytes;
            if (waiting.isEmpty()) {
                return;
            }
        }
        serve();
    }

    /** Grants what is available to those who wait, and tells them outside of the lock. */
    private void serve() {
        List<Wait> served = new ArrayList<>();
        synchronized (this) {
            while (!waiting.isEmpty() && waiting.getFirst().bytes <= capacityBytes - usedBytes) {
                Wait next = waiting.removeFirst();
                usedBytes += next.bytes;
                served.add(next);
            }
        }
        served.forEach(wait -> wait.granted.accept(new MemoryLease(this, wait.bytes)));
    }
}
