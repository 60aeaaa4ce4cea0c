package dev.reprise.simulator.check;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/** At most one exclusive handler of an object is running. */
public final class OneAtATimeOnAnObject implements Check {
    @Override
    public void look(Replica replica) {
        Map<String, InvocationId> running = new LinkedHashMap<>();
        replica.reads().forEachInvocation(invocation -> {
            InvocationTarget target = invocation.target();
            if (target.kind() == HandlerKind.OBJECT_EXCLUSIVE && isUnderWay(invocation)) {
                InvocationId other = running.put(target.service() + "/" + target.key(), invocation.id());
                if (other != null) {
                    throw new SimulationFailure(
                            "both " + other + " and " + invocation.id() + " are under way on " + target);
                }
            }
            return true;
        });
    }

    private static boolean isUnderWay(Invocation invocation) {
        return switch (invocation.status()) {
            case InvocationStatus.Invoked _, InvocationStatus.Suspended _, InvocationStatus.Paused _ -> true;
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _, InvocationStatus.Completed _ -> false;
        };
    }
}
