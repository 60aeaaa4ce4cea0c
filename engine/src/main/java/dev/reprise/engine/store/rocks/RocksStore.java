package dev.reprise.engine.store.rocks;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.StoreException;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/**
 * The partitions' state in one RocksDB database, a column family for each. RocksDB's own write-ahead log is off: the
 * engine's log is the truth and is applied again from the last flush. Any thread.
 */
public final class RocksStore implements Store {
    static {
        RocksDB.loadLibrary();
    }

    private static final long MEMTABLE_BYTES = 64L << 20;
    private static final long BLOCK_CACHE_BYTES = 128L << 20;

    private final RocksDB database;
    private final DBOptions databaseOptions;
    private final ColumnFamilyOptions familyOptions;
    private final LRUCache cache;
    private final BloomFilter bloom;
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final FlushOptions flushOptions = new FlushOptions().setWaitForFlush(true);
    private final TreeMap<String, ColumnFamilyHandle> families = new TreeMap<>();
    private final TreeMap<Integer, Partition> partitions = new TreeMap<>();

    private RocksStore(Path folder) throws RocksDBException {
        cache = new LRUCache(BLOCK_CACHE_BYTES);
        bloom = new BloomFilter(10);
        familyOptions = new ColumnFamilyOptions()
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setMaxWriteBufferNumber(3)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom));
        databaseOptions = new DBOptions()
                .setCreateIfMissing(true)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(2)
                .setMaxOpenFiles(512);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (byte[] name : existingFamilies(folder)) {
            descriptors.add(new ColumnFamilyDescriptor(name, familyOptions));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        database = RocksDB.open(databaseOptions, folder.toString(), descriptors, handles);
        for (ColumnFamilyHandle handle : handles) {
            families.put(new String(handle.getName(), StandardCharsets.UTF_8), handle);
        }
    }

    /**
     * Opens the database in a folder, creating both when they do not exist.
     *
     * @throws StoreException when another process has it open, or it is not one, or it cannot be read
     */
    public static RocksStore open(Path folder) {
        try {
            Files.createDirectories(folder);
            return new RocksStore(folder);
        } catch (RocksDBException | IOException e) {
            throw new StoreException(
                    "cannot open the store in " + folder + ": " + e.getMessage()
                            + ". It must be a folder this process may write to and no other process has open.",
                    e);
        }
    }

    private static List<byte[]> existingFamilies(Path folder) throws RocksDBException {
        List<byte[]> names = new ArrayList<>();
        if (Files.exists(folder.resolve("CURRENT"))) {
            try (org.rocksdb.Options options = new org.rocksdb.Options()) {
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
        return partitions.computeIfAbsent(partition, number -> new Partition(family("p" + number)));
    }

    private ColumnFamilyHandle family(String name) {
        return families.computeIfAbsent(name, _ -> {
            try {
                return database.createColumnFamily(
                        new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), familyOptions));
            } catch (RocksDBException e) {
                throw failed("create the column family " + name, e);
            }
        });
    }

    @Override
    public synchronized void close() {
        partitions.values().forEach(Partition::flush);
        families.values().forEach(ColumnFamilyHandle::close);
        database.close();
        databaseOptions.close();
        familyOptions.close();
        writeOptions.close();
        flushOptions.close();
        bloom.close();
        cache.close();
    }

    private static StoreException failed(String what, RocksDBException cause) {
        return new StoreException("the store failed to " + what + ": " + cause.getMessage(), cause);
    }

    private final class Partition implements KeyValueStore {
        private final ColumnFamilyHandle family;

        private Partition(ColumnFamilyHandle family) {
            this.family = family;
        }

        @Override
        public Optional<Bytes> get(Bytes key) {
            try {
                return Optional.ofNullable(database.get(family, key.array())).map(Bytes::wrap);
            } catch (RocksDBException e) {
                throw failed("read a key", e);
            }
        }

        @Override
        public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
            try (Slice end = new Slice(toExclusive.array());
                    ReadOptions options = new ReadOptions().setIterateUpperBound(end);
                    RocksIterator iterator = database.newIterator(family, options)) {
                boolean more = true;
                for (iterator.seek(fromInclusive.array()); more && iterator.isValid(); iterator.next()) {
                    more = visitor.test(Bytes.wrap(iterator.key()), Bytes.wrap(iterator.value()));
                }
                iterator.status();
            } catch (RocksDBException e) {
                throw failed("scan", e);
            }
        }

        @Override
        public void write(WriteBatch batch) {
            byte[] encoded = RocksWriteBatch.encode(batch, family.getID());
            try (org.rocksdb.WriteBatch rocksBatch = new org.rocksdb.WriteBatch(encoded)) {
                database.write(writeOptions, rocksBatch);
            } catch (RocksDBException e) {
                throw failed("write a batch", e);
            }
        }

        @Override
        public void flush() {
            try {
                database.flush(flushOptions, family);
            } catch (RocksDBException e) {
                throw failed("flush", e);
            }
        }
    }
}
