package dev.reprise.simulator;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogHealth;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.protocol.Bytes;
import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.World;

/** A node's log that sometimes gets a message between partitions a second time, later. */
record RepeatingLog(World world, SimulatedNode node, Log log) implements Log {
    private static final long LATER_MICROS_MAX = 1_000_000;

    @Override
    public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        log.append(partition, appendTimeMillis, payload, urgency);
        if (world.strikes(Fault.DUPLICATE_MESSAGE)
                && PartitionRecordCodec.decode(payload) instanceof PartitionRecord.FromPartition) {
            long delay = world.dice().micros(LATER_MICROS_MAX);
            world.queue()
                    .in(delay, node.name() + " repeats a message", () -> node.guard(() -> repeat(partition, payload)));
        }
    }

    private void repeat(int partition, Bytes payload) {
        try {
            log.append(partition, world.clock().millis(), payload, Urgency.NOW);
        } catch (LogException e) {
            world.trace().add("  " + node.name() + " cannot repeat it: " + e.getMessage());
        }
    }

    @Override
    public LogReader open(int partition, long afterLsn, Runnable onRecords) {
        return log.open(partition, afterLsn, onRecords);
    }

    @Override
    public void trim(int partition, long upToLsnInclusive) {
        log.trim(partition, upToLsnInclusive);
    }

    @Override
    public LogHealth health() {
        return log.health();
    }

    @Override
    public void close() {
        log.close();
    }
}
