package dev.reprise.server.jvm;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects a heap once when it has grown and little is allocated any more. Under a load a collection of all there is would
 * cost too much; a request now and then is none. Used by one thread.
 */
final class HeapAfterLoad {
    private static final Logger logger = LoggerFactory.getLogger(HeapAfterLoad.class);
    /** So much more than after its last collection is worth another one. */
    private static final long GROWTH_BYTES = 16L << 20;
    /** Much less than any load allocates, and more than a request now and then does. */
    private static final long LITTLE_BYTES_PER_SECOND = 1L << 20;

    /** What is looked at, and collected. */
    interface Heap {
        /** All that was allocated since the process began. */
        long allocatedBytes();

        /** What the heap has of the machine. */
        long committedBytes();

        void collect();
    }

    private final Heap heap;
    private final long littleBytes;
    private long allocatedBefore;
    private long committedAfterCollection;

    /**
     * Looks at a heap from now on.
     *
     * @param period the time from one look to the next
     */
    HeapAfterLoad(Heap heap, Duration period) {
        this.heap = heap;
        this.littleBytes = LITTLE_BYTES_PER_SECOND * period.toMillis() / 1_000;
        this.allocatedBefore = heap.allocatedBytes();
    }

    /** To be called once a period. A failure is logged; the next look is as good as the first. */
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
