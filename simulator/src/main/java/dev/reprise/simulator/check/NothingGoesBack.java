package dev.reprise.simulator.check;

import dev.reprise.engine.PartitionDriver.Standing;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.HashMap;
import java.util.Map;

/** In one run of a node neither the applied LSN nor the epoch goes back, and neither is ahead of the durable log. */
public final class NothingGoesBack implements Check {
    private final Map<String, Standing> progress = new HashMap<>();

    @Override
    public void polled(WatchedNode node, Replica replica, Standing now) {
        Standing before = progress.put(node.name() + " " + replica.partition(), now);
        if (before != null && (now.appliedLsn() < before.appliedLsn() || now.epoch() < before.epoch())) {
            throw new SimulationFailure(node.name() + " went from " + before + " back to " + now);
        }
        if (now.appliedLsn() > replica.appliedLsn() || now.epoch() > replica.epoch()) {
            throw new SimulationFailure(node.name() + " is at " + now + ", the durable log at LSN "
                    + replica.appliedLsn() + " and epoch " + replica.epoch());
        }
    }
}
