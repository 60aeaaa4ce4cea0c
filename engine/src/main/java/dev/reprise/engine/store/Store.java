package dev.reprise.engine.store;

/** The state of a node's partitions; the seam for storage. Safe for use by any thread. */
public interface Store extends AutoCloseable {
    /** The key-value map of a partition, created empty when it does not exist. */
    KeyValueStore partition(int partition);

    /** Flushes and releases the files. */
    @Override
    void close();
}
