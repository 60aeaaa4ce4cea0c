package dev.reprise.simulator.check;

import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.HashSet;
import java.util.Set;

/** A request that was refused, for want of room or because its partition has stopped, never becomes an invocation. */
public final class RefusedStaysOut implements Check {
    private final Set<InvocationId> refused = new HashSet<>();

    @Override
    public void refused(InvocationId id) {
        refused.add(id);
    }

    @Override
    public void look(Replica replica) {
        for (InvocationId id : refused) {
            if (replica.wasCreated(id)) {
                throw new SimulationFailure(id + " was refused, and yet it is there");
            }
        }
    }
}
