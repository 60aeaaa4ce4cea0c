package dev.reprise.engine.store.rocks;

/**
 * How much a {@link RocksStore} may use.
 *
 * @param memtableBytes how many written bytes of one partition gather in memory before they go to disk
 * @param memtablesBytesMax the same for all partitions together
 * @param blockCacheBytes how many bytes of files are kept in memory, indexes and filters among them
 * @param backgroundJobs how many threads write and merge files
 */
public record RocksStoreOptions(long memtableBytes, long memtablesBytesMax, long blockCacheBytes, int backgroundJobs) {
    /** For small machines: 64 MiB, 96 MiB, 64 MiB and two threads. */
    public static final RocksStoreOptions DEFAULT = new RocksStoreOptions(64L << 20, 96L << 20, 64L << 20, 2);

    public RocksStoreOptions {
        requirePositive("memtableBytes", memtableBytes);
        requirePositive("memtablesBytesMax", memtablesBytesMax);
        requirePositive("blockCacheBytes", blockCacheBytes);
        requirePositive("backgroundJobs", backgroundJobs);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }
}
