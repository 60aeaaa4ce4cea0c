package dev.reprise.server.http;

import dev.reprise.engine.memory.MemoryLease;
import dev.reprise.engine.memory.MemoryPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Memory for answers on their way to clients, bounded for all of them together: a client that reads slowly, or not at
 * all, keeps its answer on the heap. Any thread.
 *
 * <p>Small answers have memory of their own, so that large ones that nobody reads do not hold up all others. So have
 * answers that come once and cannot be requested again; the others can wait in line for the rest.
 */
public final class AnswerMemory {
    /** Up to this size an answer is small. */
    static final int SMALL_BYTES = 64 << 10;

    private static final int SHARE_OF_SMALL = 8;
    private static final int SHARE_OF_HEAP = 8;

    private final MemoryPool small;
    private final MemoryPool unique;
    private final MemoryPool kept;

    /**
     * Divides this much memory into shares. An answer that is larger than its share is admitted while the share is
     * unused.
     */
    public AnswerMemory(long bytes) {
        this.small = new MemoryPool(Math.max(1, bytes / SHARE_OF_SMALL));
        this.unique = new MemoryPool(Math.max(1, (bytes - bytes / SHARE_OF_SMALL) / 2));
        this.kept = new MemoryPool(unique.capacityBytes());
    }

    /** An eighth of the heap. */
    public static AnswerMemory ofHeap() {
        return new AnswerMemory(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** The memory that answers take, for metrics. */
    public List<MemoryPool> pools() {
        return List.of(small, unique, kept);
    }

    /** A reservation for the answer to one request; takes nothing yet. */
    public Reservation reservation() {
        return new Reservation();
    }

    /** Where one request's answer is held until it is written or given up. Any thread. */
    public final class Reservation implements AutoCloseable {
        /* Guarded by this. */
        private @Nullable MemoryLease lease;
        private boolean closed;

        private Reservation() {}

        /**
         * Takes memory for an answer; returns whether there was any.
         *
         * @param isKept whether the answer can be requested again
         */
        public boolean take(long bytes, boolean isKept) {
            return (bytes <= SMALL_BYTES && take(small, bytes))
                    || (!isKept && take(unique, bytes))
                    || take(kept, bytes);
        }

        private synchronized boolean take(MemoryPool pool, long bytes) {
            if (closed) {
                return false;
            }
            if (lease == null) {
                lease = pool.tryReserve(Math.min(bytes, pool.capacityBytes())).orElse(null);
            }
            return lease != null;
        }

        /**
         * Waits in line for memory for an answer that can be requested again; returns whether there was any in time.
         */
        public boolean awaitForKept(long bytes, Duration patience) throws InterruptedException {
            Optional<MemoryLease> granted = kept.reserve(Math.min(bytes, kept.capacityBytes()), patience);
            granted.ifPresent(this::keep);
            return granted.isPresent();
        }

        private synchronized void keep(MemoryLease granted) {
            if (closed || lease != null) {
                granted.close();
            } else {
                lease = granted;
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (lease != null) {
                lease.close();
            }
        }
    }
}
