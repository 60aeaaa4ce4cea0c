package dev.reprise.simulator.disk;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogHealth;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.log.file.FileLog;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.rocks.RocksStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.simulator.disk.Disks.NodeDisk;
import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.SimulationFailure;
import dev.reprise.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A node's log and store on the real disk. The log's own thread writes in its own time. To stay one logical thread, the
 * simulation waits for appended records before anybody reads.
 */
final class RealDisk implements NodeDisk, Log {
    private static final long SETTLE_MICROS_MAX = 2_000;
    private static final long SETTLE_NANOS_MAX = Duration.ofSeconds(30).toNanos();
    private static final long WAIT_NANOS = 50_000;
    private static final long FULL_MICROS_MAX = 500_000;
    private static final int RECORDS_MAX = 1_000;
    private static final Bytes FIRST_KEY = Bytes.wrap(new byte[] {0});
    private static final Bytes BEHIND_KEYS = Bytes.wrap(new byte[] {(byte) 0xFF});

    private final World world;
    private final RealDisks disks;
    private final FillingDisk filling;
    private final FileLog log;
    private final RocksStore store;
    private final List<LogReader> tails = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private int unsettled;
    private boolean full;
    private boolean released;

    RealDisk(World world, RealDisks disks, FillingDisk filling, FileLog log, RocksStore store, int partitions) {
        this.world = world;
        this.disks = disks;
        this.filling = filling;
        this.log = log;
        this.store = store;
        for (int partition = 0; partition < partitions; partition++) {
            tails.add(log.open(partition, disks.lastLsn(partition), () -> {}));
        }
    }

    @Override
    public Log log() {
        return this;
    }

    @Override
    public Store store() {
        return new Store() {
            @Override
            public KeyValueStore partition(int partition) {
                return new FaultyRows(world, store.partition(partition));
            }

            @Override
            public void close() {
                RealDisk.this.close();
            }
        };
    }

    @Override
    public boolean isIdle() {
        return unsettled == 0;
    }

    @Override
    public NavigableMap<Bytes, Bytes> entries(int partition) {
        NavigableMap<Bytes, Bytes> entries = new TreeMap<>();
        store.partition(partition).scan(FIRST_KEY, BEHIND_KEYS, (key, value) -> {
            entries.put(key, value);
            return true;
        });
        return entries;
    }

    @Override
    public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        world.crashPoint("before an append");
        log.append(partition, appendTimeMillis, payload, urgency);
        unsettled++;
        world.queue().in(world.dice().micros(SETTLE_MICROS_MAX), "the log settles", this::settleOrFill);
        world.crashPoint("after an append");
    }

    private void settleOrFill() {
        settle();
        if (!released && !full && world.strikes(Fault.LOG_FULL)) {
            fill(true);
            world.trace().add("  the disk is full");
            world.queue().in(world.dice().micros(FULL_MICROS_MAX), "room again", () -> {
                fill(false);
                settle();
            });
        }
    }

    private void fill(boolean isFull) {
        full = isFull;
        filling.full(isFull);
    }

    @Override
    public LogHealth health() {
        Optional<String> shortage = Optional.of("the disk is full").filter(_ -> full);
        return new LogHealth(Optional.empty(), shortage, shortage, Optional.empty());
    }

    /** If there is room, waits until everything appended is durable, and passes it on. */
    private void settle() {
        if (released || full || unsettled == 0) {
            return;
        }
        long deadline = System.nanoTime() + SETTLE_NANOS_MAX;
        while (unsettled > 0) {
            int before = unsettled;
            for (int partition = 0; partition < tails.size(); partition++) {
                for (LogRecord record : tails.get(partition).poll(RECORDS_MAX)) {
                    unsettled--;
                    disks.durable(partition, record);
                }
            }
            if (before == unsettled) {
                LockSupport.parkNanos(this, WAIT_NANOS);
            }
            if (System.nanoTime() > deadline) {
                throw new SimulationFailure(unsettled + " records do not become durable");
            }
        }
        List.copyOf(listeners).forEach(Runnable::run);
    }

    @Override
    public LogReader open(int partition, long afterLsn, Runnable onRecords) {
        LogReader reader = log.open(partition, afterLsn, () -> {});
        listeners.add(onRecords);
        return new LogReader() {
            @Override
            public List<LogRecord> poll(int recordsMax) {
                settle();
                return reader.poll(recordsMax);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    @Override
    public void trim(int partition, long upToLsnInclusive) {
        log.trim(partition, upToLsnInclusive);
    }

    @Override
    public void crash() {
        if (!released) {
            settle();
            release();
            disks.loseATail();
        }
    }

    /** Closes the files. */
    void release() {
        if (!released) {
            released = true;
            tails.forEach(LogReader::close);
            try {
                log.close();
            } catch (LogException e) {
                requireFull(e);
            }
            store.close();
        }
    }

    private void requireFull(LogException cause) {
        if (!full) {
            throw cause;
        }
        world.trace().add("  the log is closed without what it had no room for");
    }

    @Override
    public void close() {
        crash();
    }
}
