package dev.reprise.server.deployment;

import dev.reprise.engine.memory.MemoryPool;

/**
 * The memory for a deployment's answer that is read as a whole.
 *
 * @param bytesMax the largest answer
 * @param memoryFactor how many bytes of memory one byte of an answer takes, including what it is parsed to
 * @param pool the memory that all answers take together
 */
record AnswerLimit(int bytesMax, int memoryFactor, MemoryPool pool) {
    private static final int SHARE_OF_HEAP = 8;

    /** The same for answers that need only fit into the pool. */
    AnswerLimit withinPool() {
        return new AnswerLimit(
                (int) Math.max(1, Math.min(bytesMax, pool.capacityBytes() / memoryFactor)), memoryFactor, pool);
    }

    /** A pool of an eighth of the heap. */
    static MemoryPool poolOfHeap() {
        return new MemoryPool(Math.max(1, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }
}
