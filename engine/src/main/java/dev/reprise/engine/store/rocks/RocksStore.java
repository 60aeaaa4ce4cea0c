package dev.reprise.engine.store.rocks;

import dev.reprise.engine.disk.PrivateFiles;
import dev.reprise.engine.store.GatherLimits;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.StoreException;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiPredicate;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions' state in one RocksDB database, with a column family for each. RocksDB's own write-ahead log is off:
 * the engine's log is the truth and is applied again from the last flush.
 *
 * <p>Any thread. {@link #close} waits for calls that are running; later calls are refused.
 */
public final class RocksStore implements Store {
    static {
        RocksLibrary.load();
    }

    private static final Logger logger = LoggerFactory.getLogger(RocksStore.class);

    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int CACHE_SHARD_BITS = 2;
    private static final int INFO_LOG_FILES_MAX = 2;
    private static final long INFO_LOG_BYTES_MAX = 1L << 20;
    private static final int OPEN_FILES_MAX = 512;
    private static final int MEMTABLES_MAX = 3;
    /**
     * Values from this size on are in files of their own, so that merging the keys' files does not write them again.
     */
    private static final int LARGE_VALUE_BYTES = 4096;

    /**
     * For each partition. Most of what is not kept after an invocation's end is gone before this much has gathered,
     * with some hundred invocations at once. The partition stands still while a batch is written, so a larger one would
     * cost its p99.
     */
    private static final GatherLimits GATHER_LIMITS = new GatherLimits(1 << 13, 4L << 20);

    private final Path folder;
    /* What RocksDB allocated, the last first. */
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final WriteOptions writeOptions;
    private final FlushOptions flushOptions;
    private final ColumnFamilyOptions familyOptions;
    private final RocksDB database;

    /**
     * Held shared by every call into RocksDB, and exclusively by {@link #close}: RocksDB crashes the process when it is
     * used later.
     */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    /* Guarded by this. */
    private final TreeMap<String, ColumnFamilyHandle> families = new TreeMap<>();
    private final TreeMap<Integer, Partition> partitions = new TreeMap<>();

    /* Guarded by use. */
    private boolean closed;

    private RocksStore(Path folder, RocksStoreOptions options, CompressionType compression) throws RocksDBException {
        this.folder = folder;
        boolean opened = false;
        try {
            writeOptions = keep(new WriteOptions().setDisableWAL(true));
            flushOptions = keep(new FlushOptions().setWaitForFlush(true));
            familyOptions = keep(familyOptions(options, compression));
            DBOptions databaseOptions = keep(databaseOptions(options));
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            for (byte[] name : existingFamilies(folder)) {
                descriptors.add(new ColumnFamilyDescriptor(name, familyOptions));
            }
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            database = keep(RocksDB.open(databaseOptions, folder.toString(), descriptors, handles));
            for (ColumnFamilyHandle handle : handles) {
                families.put(new String(handle.getName(), StandardCharsets.UTF_8), keep(handle));
            }
            opened = true;
        } finally {
            if (!opened) {
                release();
            }
        }
    }

    /** Opens the database in a folder with {@link RocksStoreOptions#DEFAULT}. */
    public static RocksStore open(Path folder) {
        return open(folder, RocksStoreOptions.DEFAULT);
    }

    /**
     * Opens the database in a folder, creating both when they do not exist.
     *
     * @throws StoreException when it is in use, of another version, damaged, or cannot be read and written
     */
    public static RocksStore open(Path folder, RocksStoreOptions options) {
        return open(folder, options, "");
    }

    /**
     * As {@link #open(Path, RocksStoreOptions)}.
     *
     * @param identity tells the store from others: one with another identity is not opened; empty for none
     */
    public static RocksStore open(Path folder, RocksStoreOptions options, String identity) {
        RocksStore store = openDatabase(folder, options, identity);
        store.makePrivate();
        return store;
    }

    private static RocksStore openDatabase(Path folder, RocksStoreOptions options, String identity) {
        try {
            PrivateFiles.createFolder(folder);
            StoreFormat.check(folder, identity);
            try {
                return new RocksStore(folder, options, CompressionType.LZ4_COMPRESSION);
            } catch (RocksDBException e) {
                if (!messageOf(e).contains("not linked")) {
                    throw e;
                }
                return new RocksStore(folder, options, CompressionType.NO_COMPRESSION);
            }
        } catch (IOException e) {
            throw new StoreException(
                    "cannot open the store in " + folder + ": " + e
                            + ". It must be a folder this process may read and write.",
                    e);
        } catch (RocksDBException e) {
            throw cannotOpen(folder, e);
        }
    }

    private static StoreException cannotOpen(Path folder, RocksDBException cause) {
        String message = messageOf(cause);
        boolean isMine = message.contains("lock hold by current process");
        if (isMine || message.contains("While lock file")) {
            return new StoreException(
                    "the store in " + folder + " is in use by "
                            + (isMine
                                    ? "this process. Close the engine that has it"
                                    : "another process. Stop that process")
                            + ", or use another folder.",
                    cause);
        }
        return new StoreException(
                "cannot open the store in " + folder + ": " + message + ". It must be a whole database of this version "
                        + "or an older one, which this process may read and write; restore the folder from a copy, or "
                        + "delete it if the log was never trimmed.",
                cause);
    }

    private static String messageOf(RocksDBException e) {
        return String.valueOf(e.getMessage());
    }

    private <T extends AutoCloseable> T keep(T resource) {
        resources.push(resource);
        return resource;
    }

    private ColumnFamilyOptions familyOptions(RocksStoreOptions options, CompressionType compression) {
        // Partitioned indexes and filters: whole ones outgrow a part of the cache, and would be read again for each
        // key.
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(keep(new LRUCache(options.blockCacheBytes(), CACHE_SHARD_BITS)))
                .setCacheIndexAndFilterBlocks(true)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setFilterPolicy(keep(new BloomFilter(BLOOM_BITS_PER_KEY)));
        return new ColumnFamilyOptions()
                .setWriteBufferSize(options.memtableBytes())
                .setMaxWriteBufferNumber(MEMTABLES_MAX)
                .setCompressionType(compression)
                .setTableFormatConfig(table)
                .setEnableBlobFiles(true)
                .setMinBlobSize(LARGE_VALUE_BYTES)
                .setBlobCompressionType(compression)
                .setEnableBlobGarbageCollection(true);
    }

    private static DBOptions databaseOptions(RocksStoreOptions options) {
        return new DBOptions()
                .setCreateIfMissing(true)
                // When partitions commit at once, one thread writes for all: cheaper than inserting side by side.
                .setAllowConcurrentMemtableWrite(false)
                .setDbWriteBufferSize(options.memtablesBytesMax())
                .setMaxBackgroundJobs(options.backgroundJobs())
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(INFO_LOG_FILES_MAX)
                .setMaxLogFileSize(INFO_LOG_BYTES_MAX);
    }

    private static List<byte[]> existingFamilies(Path folder) throws RocksDBException {
        List<byte[]> names = new ArrayList<>();
        if (Files.exists(folder.resolve("CURRENT"))) {
            try (Options options = new Options()) {
                names.addAll(RocksDB.listColumnFamilies(options, folder.toString()));
            }
        }
        if (names.isEmpty()) {
            names.add(RocksDB.DEFAULT_COLUMN_FAMILY);
        }
        return names;
    }

    @Override
    public synchronized KeyValueStore partition(int partition) {
        return partitions.computeIfAbsent(
                partition, number -> using("open partition " + number, () -> new Partition(family("p" + number))));
    }

    /** A number above that of every partition that has been opened once; 0 for none. */
    public synchronized int partitionsEnd() {
        return families.keySet().stream()
                .filter(name -> name.matches("p\\d{1,9}"))
                .mapToInt(name -> Integer.parseInt(name.substring(1)) + 1)
                .max()
                .orElse(0);
    }

    private ColumnFamilyHandle family(String name) throws RocksDBException {
        ColumnFamilyHandle existing = families.get(name);
        if (existing != null) {
            return existing;
        }
        ColumnFamilyHandle created = database.createColumnFamily(
                new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), familyOptions));
        resources.push(created);
        families.put(name, created);
        return created;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StoreException when not everything could be flushed; everything is released all the same
     */
    @Override
    public synchronized void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                flushAll();
            }
        } finally {
            release();
            makePrivate();
            use.writeLock().unlock();
        }
    }

    /**
     * RocksDB creates files with the permissions that the umask leaves; the folder keeps others out until this is
     * called.
     */
    private void makePrivate() {
        try {
            PrivateFiles.makePrivate(folder);
        } catch (IOException e) {
            logger.warn("cannot take the rights of others from the files in {}", folder, e);
        }
    }

    private void flushAll() {
        try {
            database.flush(flushOptions, List.copyOf(families.values()));
        } catch (RocksDBException e) {
            throw failed("flush", e);
        }
    }

    /** Closes what RocksDB allocated, the database before its options. */
    private void release() {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                throw new StoreException("cannot release the store in " + folder + ": " + e, e);
            }
        }
    }

    private StoreException failed(String what, RocksDBException cause) {
        if (isForWantOfRoom(cause)) {
            return new StoreException(
                    "the store in " + folder + " finds no room on its disk to " + what + ": " + messageOf(cause)
                            + ". It goes on once there is room",
                    cause,
                    true);
        }
        return new StoreException(
                "the store in " + folder + " failed to " + what + ": " + messageOf(cause)
                        + ". See to the disk, then start again: what is missing is applied again from the log.",
                cause);
    }

    /** RocksDB looks for room every few seconds, and accepts writes again when it has found some. */
    private static boolean isForWantOfRoom(RocksDBException failure) {
        Status status = failure.getStatus();
        return (status != null && status.getSubCode() == Status.SubCode.NoSpace)
                || messageOf(failure).contains("No space left")
                || messageOf(failure).contains("quota exceeded");
    }

    /** A call into RocksDB. */
    private interface Call<T> {
        T run() throws RocksDBException;
    }

    private <T> T using(String what, Call<T> call) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("the store in " + folder + " is closed");
            }
            return call.run();
        } catch (RocksDBException e) {
            throw failed(what, e);
        } finally {
            use.readLock().unlock();
        }
    }

    private final class Partition implements KeyValueStore {
        private final ColumnFamilyHandle family;

        private Partition(ColumnFamilyHandle family) {
            this.family = family;
        }

        @Override
        public Optional<Bytes> get(Bytes key) {
            return using(
                    "read a key",
                    () -> Optional.ofNullable(database.get(family, key.array())).map(Bytes::wrap));
        }

        @Override
        public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
            using("scan", () -> {
                try (Slice end = new Slice(toExclusive.array());
                        ReadOptions options = new ReadOptions().setIterateUpperBound(end);
                        RocksIterator iterator = database.newIterator(family, options)) {
                    boolean more = true;
                    for (iterator.seek(fromInclusive.array()); more && iterator.isValid(); iterator.next()) {
                        more = visitor.test(Bytes.wrap(iterator.key()), Bytes.wrap(iterator.value()));
                    }
                    iterator.status();
                    return true;
                }
            });
        }

        @Override
        public void write(WriteBatch batch) {
            using("write a batch", () -> {
                byte[] encoded = RocksWriteBatch.encode(batch, family.getID());
                try (org.rocksdb.WriteBatch rocksBatch = new org.rocksdb.WriteBatch(encoded)) {
                    database.write(writeOptions, rocksBatch);
                    return true;
                }
            });
        }

        @Override
        public GatherLimits gatherLimits() {
            return GATHER_LIMITS;
        }

        @Override
        public void flush() {
            using("flush", () -> {
                database.flush(flushOptions, family);
                return true;
            });
            makePrivate();
        }
    }
}
