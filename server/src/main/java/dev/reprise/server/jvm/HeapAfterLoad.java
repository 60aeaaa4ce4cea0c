package dev.reprise.server.jvm;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects a heap once it has grown and little is allocated any more. Under load, a full collection would cost too
 * much; an occasional request is not a load. For one thread.
 */
final class HeapAfterLoad {
    private static final Logger logger = LoggerFactory.getLogger(HeapAfterLoad.class);
    /** How much growth since the last collection justifies another one. */
    private static final long GROWTH_BYTES = 16L << 20;
    /** Far less than any load allocates, and more than an occasional request does. */
    private static final long LITTLE_BYTES_PER_SECOND = 1L << 20;

    /** The heap to look at and collect. */
    interface Heap {
        /** All bytes that were allocated since the process began. */
        long allocatedBytes();

        /** The memory that the heap has taken from the machine. */
        long committedBytes();

        void collect();
    }

    private final Heap heap;
    private final long littleBytes;
    private long allocatedBefore;
    private long committedAfterCollection;

    /**
     * Watches a heap from now on.
     *
     * @param period the time between two looks
     */
    HeapAfterLoad(Heap heap, Duration period) {
        this.heap = heap;
        this.littleBytes = LITTLE_BYTES_PER_SECOND * period.toMillis() / 1_000;
        this.allocatedBefore = heap.allocatedBytes();
    }

    /** To be called once a period. A failure is logged, and the next look is a fresh start. */
    void look() {
        try {
            collectAfterLoad();
        } catch (RuntimeException | Error e) {
            logger.warn("cannot look whether the heap has grown; it keeps what it has until the next look", e);
        }
    }

    private void collectAfterLoad() {
        long allocated = heap.allocatedBytes();
        boolean isLoadOver = allocated - allocatedBefore < littleBytes;
        allocatedBefore = allocated;
        if (isLoadOver && heap.committedBytes() > committedAfterCollection + GROWTH_BYTES) {
            heap.collect();
            committedAfterCollection = heap.committedBytes();
        }
    }
}
