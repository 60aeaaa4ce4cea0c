package dev.reprise.testkit.sim;

import dev.reprise.engine.partition.machine.Tables;
import java.util.HashMap;
import java.util.Map;

/** In one run of a node neither the applied LSN nor the epoch goes back, and neither is ahead of the durable log. */
final class NothingGoesBack implements Check {
    private record Progress(long lsn, long epoch) {}

    private final Map<String, Progress> progress = new HashMap<>();

    @Override
    public void polled(SimulatedNode node, Replica replica, Tables tables) {
        Progress now = new Progress(tables.appliedLsn(), tables.epoch());
        Progress before = progress.put(node.name() + " " + replica.partition(), now);
        if (before != null && (now.lsn() < before.lsn() || now.epoch() < before.epoch())) {
            throw new SimulationFailure(node.name() + " went from " + before + " back to " + now);
        }
        if (now.lsn() > replica.appliedLsn() || now.epoch() > replica.epoch()) {
            throw new SimulationFailure(node.name() + " is at " + now + ", the durable log at LSN "
                    + replica.appliedLsn() + " and epoch " + replica.epoch());
        }
    }
}
