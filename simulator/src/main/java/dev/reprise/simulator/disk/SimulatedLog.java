package dev.reprise.simulator.disk;

import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import dev.reprise.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The durable part of the log, whoever appended it. Each node appends and reads through a {@link NodeLog}. It also
 * keeps what was trimmed, so that the end of the simulation can apply everything once more.
 */
final class SimulatedLog {
    /** A record on its way. */
    record Appended(int partition, long atMillis, Bytes payload) {}

    private static final int LSN_GAP_MAX = 3;

    private final World world;
    private final Disks.Observer observer;
    private final List<TreeMap<Long, LogRecord>> partitions = new ArrayList<>();
    private final List<Long> trimmed = new ArrayList<>();
    private final List<NodeLog> nodes = new ArrayList<>();
    private long lastLsn;

    SimulatedLog(World world, int partitions, Disks.Observer observer) {
        this.world = world;
        this.observer = observer;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new TreeMap<>());
            trimmed.add(0L);
        }
    }

    /** One node's access to it. */
    NodeLog connect() {
        NodeLog node = new NodeLog(world, this);
        nodes.add(node);
        return node;
    }

    void disconnect(NodeLog node) {
        nodes.remove(node);
    }

    /** Makes records durable, in this order. */
    void store(List<Appended> batch) {
        for (Appended appended : batch) {
            lastLsn += 1 + world.dice().below(LSN_GAP_MAX);
            LogRecord record = new LogRecord(lastLsn, appended.atMillis(), appended.payload());
            partitions.get(appended.partition()).put(lastLsn, record);
            observer.durable(appended.partition(), record);
        }
        List.copyOf(nodes).forEach(NodeLog::wakeReaders);
    }

    void trim(int partition, long upToLsnInclusive) {
        trimmed.set(partition, Math.max(trimmed.get(partition), upToLsnInclusive));
    }

    long trimmedUpTo(int partition) {
        return trimmed.get(partition);
    }

    /** The records after an LSN, trimmed or not. */
    Iterable<LogRecord> behind(int partition, long afterLsn) {
        return partitions.get(partition).tailMap(afterLsn, false).values();
    }

    /** The last durable LSN of a partition; 0 for none. */
    long lastLsn(int partition) {
        TreeMap<Long, LogRecord> records = partitions.get(partition);
        return records.isEmpty() ? 0 : records.lastKey();
    }
}
