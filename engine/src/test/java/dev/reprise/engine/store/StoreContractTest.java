package dev.reprise.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What every store must do. */
public abstract class StoreContractTest {
    private static final Bytes BEHIND_ALL = Bytes.wrap(new byte[] {-1, -1, -1, -1, -1});

    /** An empty store. */
    protected abstract Store open();

    protected static WriteBatch batch(String... keysAndValues) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            batch.put(Bytes.utf8(keysAndValues[i]), Bytes.utf8(keysAndValues[i + 1]));
        }
        return batch;
    }

    protected static Map<Bytes, Bytes> all(KeyValueStore rows) {
        return range(rows, Bytes.EMPTY, BEHIND_ALL);
    }

    private static Map<Bytes, Bytes> range(KeyValueStore rows, Bytes from, Bytes to) {
        Map<Bytes, Bytes> found = new TreeMap<>();
        List<Bytes> order = new ArrayList<>();
        rows.scan(from, to, (key, value) -> {
            order.add(key);
            return found.put(key, value) == null;
        });
        assertThat(order).isSorted();
        return found;
    }

    private static Bytes key(Random random) {
        byte[] key = new byte[1 + random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) * 85);
        }
        return Bytes.wrap(key);
    }

    private static WriteBatch change(Random random, Map<Bytes, Bytes> model) {
        WriteBatch batch = new WriteBatch();
        for (int changes = random.nextInt(8); changes > 0; changes--) {
            Bytes key = key(random);
            if (random.nextInt(3) == 0) {
                batch.delete(key);
                model.remove(key);
            } else {
                byte[] value = new byte[random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(200)];
                random.nextBytes(value);
                batch.put(key, Bytes.wrap(value));
                model.put(key, Bytes.wrap(value));
            }
        }
        return batch;
    }

    @Test
    void randomOperations_onAPartition_behaveLikeASortedMap() {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            NavigableMap<Bytes, Bytes> model = new TreeMap<>();
            try (Store store = open()) {
                KeyValueStore rows = store.partition(3 + seed);
                for (int i = 0; i < 500; i++) {
                    rows.write(change(random, model));
                    Bytes probe = key(random);
                    assertThat(rows.get(probe)).isEqualTo(Optional.ofNullable(model.get(probe)));
                    if (i % 25 == 0) {
                        Bytes other = key(random);
                        Bytes from = probe.compareTo(other) < 0 ? probe : other;
                        Bytes to = from.equals(probe) ? other : probe;
                        assertThat(range(rows, from, to)).isEqualTo(model.subMap(from, true, to, false));
                    }
                    if (i % 100 == 99) {
                        rows.flush();
                    }
                }
                assertThat(all(rows)).isEqualTo(model);
                assertThat(all(store.partition(100))).isEmpty();
            }
        }
    }

    @Test
    void partitions_withTheSameKeys_areApart() {
        try (Store store = open()) {
            store.partition(0).write(batch("k", "zero"));
            store.partition(1).write(batch("k", "one"));
            assertThat(store.partition(0).get(Bytes.utf8("k"))).contains(Bytes.utf8("zero"));
            assertThat(store.partition(1).get(Bytes.utf8("k"))).contains(Bytes.utf8("one"));
            assertThat(store.partition(2).get(Bytes.utf8("k"))).isEmpty();
        }
    }

    @Test
    void scan_whoseVisitorSaysStop_stops() {
        try (Store store = open()) {
            KeyValueStore rows = store.partition(0);
            rows.write(batch("a", "", "b", "2", "c", "3", "d", "4"));
            List<Bytes> seen = new ArrayList<>();
            rows.scan(Bytes.utf8("b"), Bytes.utf8("d"), (key, _) -> {
                seen.add(key);
                return false;
            });
            assertThat(seen).containsExactly(Bytes.utf8("b"));
            assertThat(rows.get(Bytes.utf8("a"))).contains(Bytes.EMPTY);
        }
    }

    @Test
    void scan_ofAnEmptyOrReversedRange_findsNothing() {
        try (Store store = open()) {
            KeyValueStore rows = store.partition(0);
            rows.write(batch("a", "1", "b", "2"));
            assertThat(range(rows, Bytes.utf8("b"), Bytes.utf8("b"))).isEmpty();
            assertThat(range(rows, Bytes.utf8("b"), Bytes.utf8("a"))).isEmpty();
        }
    }

    @Test
    void scan_whoseVisitorWrites_seesTheStateAtItsBegin() {
        try (Store store = open()) {
            KeyValueStore rows = store.partition(0);
            rows.write(batch("a", "1", "b", "2", "c", "3"));
            List<String> seen = new ArrayList<>();
            rows.scan(Bytes.EMPTY, BEHIND_ALL, (key, value) -> {
                WriteBatch changes = batch("b", "new", "bb", "new");
                changes.delete(Bytes.utf8("c"));
                rows.write(changes);
                return seen.add(key.utf8() + value.utf8());
            });
            assertThat(seen).containsExactly("a1", "b2", "c3");
            assertThat(all(rows)).containsOnlyKeys(Bytes.utf8("a"), Bytes.utf8("b"), Bytes.utf8("bb"));
        }
    }

    @Test
    void batch_written_isSeenWholeByOtherThreads() throws InterruptedException, ExecutionException, TimeoutException {
        try (Store store = open();
                ExecutorService readers = Executors.newFixedThreadPool(2)) {
            KeyValueStore rows = store.partition(0);
            rows.write(batch("a", "0", "b", "0"));
            CountDownLatch done = new CountDownLatch(1);
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(readers.submit(() -> {
                    int scans = 0;
                    do {
                        Map<Bytes, Bytes> seen = all(rows);
                        assertThat(seen.get(Bytes.utf8("a"))).isEqualTo(seen.get(Bytes.utf8("b")));
                        scans++;
                    } while (done.getCount() > 0);
                    return scans;
                }));
            }
            for (int i = 1; i <= 2_000; i++) {
                rows.write(batch("a", "" + i, "b", "" + i));
            }
            done.countDown();
            for (Future<Integer> reader : running) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
            }
        }
    }
}
