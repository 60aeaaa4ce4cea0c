package dev.reprise.simulator.check;

import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries are added to the end of a journal and never changed, so no step's result changes either. A journal is only
 * deleted as a whole, when its invocation has completed or is forgotten.
 */
public final class JournalsOnlyGrow implements Check {
    private final Map<InvocationId, List<RawMessage>> journals = new LinkedHashMap<>();

    @Override
    public void applied(Replica.Applied applied) {
        if (applied.record() instanceof PartitionRecord.FromAttempt record) {
            look(applied.replica(), record.attempt().invocationId());
        }
    }

    @Override
    public void look(Replica replica) {
        replica.reads().forEachInvocation(invocation -> {
            look(replica, invocation.id());
            return true;
        });
    }

    private void look(Replica replica, InvocationId id) {
        List<RawMessage> now = replica.journal(id);
        List<RawMessage> before = journals.getOrDefault(id, List.of());
        boolean ended = replica.invocation(id)
                .map(invocation -> invocation.status() instanceof InvocationStatus.Completed)
                .orElse(true);
        boolean gone = now.isEmpty() && ended;
        if (!gone
                && (now.size() < before.size() || !now.subList(0, before.size()).equals(before))) {
            throw new SimulationFailure("the journal of " + id + " was " + before + " and became " + now);
        }
        journals.put(id, new ArrayList<>(now));
    }
}
