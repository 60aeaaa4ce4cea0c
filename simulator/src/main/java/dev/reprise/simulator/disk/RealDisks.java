package dev.reprise.simulator.disk;

import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.log.file.Evidence;
import dev.reprise.engine.log.file.FileLog;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.engine.log.file.ForceListener;
import dev.reprise.engine.store.rocks.RocksStore;
import dev.reprise.simulator.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The log in files and the state in RocksDB, in a folder: one node at a time has them open. A crash loses what the log
 * had no room for, and everything is closed and opened again.
 */
public final class RealDisks implements Disks {
    private static final String LOG = "log";
    /** Small, so that the log has many files. */
    private static final FileLogOptions LOG_OPTIONS = new FileLogOptions(16 << 10, Duration.ofMillis(2), 8L << 20);

    private final World world;
    private final Path folder;
    private final Observer observer;
    private final List<List<LogRecord>> records = new ArrayList<>();
    private final List<RealDisk> open = new ArrayList<>();

    public RealDisks(World world, Path folder, int partitions, Observer observer) {
        this.world = world;
        this.folder = folder;
        this.observer = observer;
        for (int partition = 0; partition < partitions; partition++) {
            records.add(new ArrayList<>());
        }
    }

    @Override
    public NodeDisk first() {
        FillingDisk filling = new FillingDisk();
        FileLog log = FileLog.open(folder.resolve(LOG), LOG_OPTIONS, Evidence.NONE, filling, ForceListener.NONE);
        RealDisk disk =
                new RealDisk(world, this, filling, log, RocksStore.open(folder.resolve("store")), records.size());
        open.add(disk);
        return disk;
    }

    @Override
    public NodeDisk after(NodeDisk last) {
        last.crash();
        return first();
    }

    @Override
    public boolean canBeShared() {
        return false;
    }

    /** A copy of the log loses a part of its end, and opening the copy must notice the loss. */
    void loseATail() {
        Path copy = folder.resolve("damaged");
        String what = LostTail.damage(world.dice(), folder.resolve(LOG), copy);
        world.trace().add("  a copy of the log suffers " + what);
        LostTail.requireNoticed(copy, LOG_OPTIONS, what, records);
    }

    /** A record was seen to be durable. */
    void durable(int partition, LogRecord record) {
        records.get(partition).add(record);
        observer.durable(partition, record);
    }

    @Override
    public Iterable<LogRecord> records(int partition) {
        return records.get(partition);
    }

    @Override
    public long lastLsn(int partition) {
        List<LogRecord> all = records.get(partition);
        return all.isEmpty() ? 0 : all.getLast().lsn();
    }

    @Override
    public void close() {
        open.forEach(RealDisk::release);
    }
}
