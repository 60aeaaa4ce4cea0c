package dev.reprise.simulator.disk;

import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.store.Store;
import dev.reprise.protocol.Bytes;
import dev.reprise.simulator.world.World;
import java.util.NavigableMap;

/** A log that all nodes share, and a store for each, on the heap. */
public final class SimulatedDisks implements Disks {
    private final World world;
    private final int partitions;
    private final SimulatedLog log;

    public SimulatedDisks(World world, int partitions, Observer observer) {
        this.world = world;
        this.partitions = partitions;
        this.log = new SimulatedLog(world, partitions, observer);
    }

    private record Disk(NodeLog log, SimulatedStore simulated) implements NodeDisk {
        @Override
        public Store store() {
            return simulated;
        }

        @Override
        public boolean isIdle() {
            return log.isIdle();
        }

        @Override
        public void crash() {
            log.crash();
        }

        @Override
        public NavigableMap<Bytes, Bytes> entries(int partition) {
            return simulated.entries(partition);
        }
    }

    @Override
    public NodeDisk first() {
        return new Disk(log.connect(), new SimulatedStore(world));
    }

    @Override
    public NodeDisk after(NodeDisk last) {
        return new Disk(log.connect(), ((Disk) last).simulated().afterCrash(partitions));
    }

    @Override
    public boolean canBeShared() {
        return true;
    }

    @Override
    public Iterable<LogRecord> records(int partition) {
        return log.behind(partition, 0);
    }

    @Override
    public long lastLsn(int partition) {
        return log.lastLsn(partition);
    }

    @Override
    public void close() {}
}
