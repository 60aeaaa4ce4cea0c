package dev.reprise.server.query;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

/** A memory store that counts the rows that one thread reads. */
final class CountingStore implements Store {
    private final MemoryStore store = new MemoryStore();
    private final AtomicLong rowsRead = new AtomicLong();
    private volatile Thread counted = Thread.currentThread();

    /** Runs something on this thread; answers how many rows that has read. */
    long rowsReadBy(Runnable work) {
        counted = Thread.currentThread();
        long before = rowsRead.get();
        work.run();
        return rowsRead.get() - before;
    }

    private void count() {
        if (Thread.currentThread() == counted) {
            rowsRead.incrementAndGet();
        }
    }

    @Override
    public KeyValueStore partition(int partition) {
        KeyValueStore rows = store.partition(partition);
        return new KeyValueStore() {
            @Override
            public Optional<Bytes> get(Bytes key) {
                count();
                return rows.get(key);
            }

            @Override
            public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
                rows.scan(fromInclusive, toExclusive, (key, value) -> {
                    count();
                    return visitor.test(key, value);
                });
            }

            @Override
            public void write(WriteBatch batch) {
                rows.write(batch);
            }

            @Override
            public void flush() {
                rows.flush();
            }
        };
    }

    @Override
    public void close() {
        store.close();
    }
}
