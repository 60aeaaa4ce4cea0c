package dev.reprise.simulator.disk;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.store.Store;
import dev.reprise.protocol.Bytes;
import dev.reprise.simulator.world.World;
import java.util.NavigableMap;

/** What outlives a node: the log and the state, as each node sees them and as they really are. */
public interface Disks extends AutoCloseable {
    /** Gets each record at the moment it becomes durable, before any node can read it. */
    interface Observer {
        void durable(int partition, LogRecord record);
    }

    /** Creates the disks of a simulation. */
    interface Maker {
        Disks make(World world, int partitions, Observer observer);
    }

    /** The log and the state as one node sees them. */
    interface NodeDisk {
        Log log();

        Store store();

        /** Whether nothing that was appended is on its way. */
        boolean isIdle();

        /** The node is gone. */
        void crash();

        NavigableMap<Bytes, Bytes> entries(int partition);
    }

    /** For the first node. */
    NodeDisk first();

    /** For a node that follows another, which is dead or will be deposed. */
    NodeDisk after(NodeDisk last);

    /** Whether a node may take over from one that is still running. */
    boolean canBeShared();

    /** All durable records of a partition, whether nodes can still read them or not. */
    Iterable<LogRecord> records(int partition);

    /** The last durable LSN of a partition; 0 for none. */
    long lastLsn(int partition);

    @Override
    void close();
}
