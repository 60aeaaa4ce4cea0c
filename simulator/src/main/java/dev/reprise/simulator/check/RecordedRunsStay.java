package dev.reprise.simulator.check;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A run with a recorded result gets no second one, and no attempt that is opened later executes it. An attempt that was
 * opened before may not know.
 */
public final class RecordedRunsStay implements Check {
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> recorded = new HashSet<>();
    private final Map<String, Long> recordedAtLsn = new HashMap<>();

    @Override
    public void applied(Replica.Applied applied) {
        if (applied.counts()
                && applied.record() instanceof PartitionRecord.EntryAppended entry
                && entry.entry().type() == MessageType.RUN.code()) {
            Command.Run run = (Command.Run) MessageCodec.decode(entry.entry());
            InvocationId id = entry.attempt().invocationId();
            names.put(id + " " + run.resultCompletionId(), id + " " + run.name());
        }
        for (Action action : applied.actions()) {
            if (action instanceof Action.AckRun ack) {
                recorded(ack, applied.lsn());
            }
        }
    }

    private void recorded(Action.AckRun ack, long lsn) {
        String run = ack.invocationId() + " " + ack.completionId();
        if (!recorded.add(run)) {
            throw new SimulationFailure("run " + run + " is recorded at LSN " + lsn + ", but was before");
        }
        recordedAtLsn.put(names.getOrDefault(run, "a run without a command"), lsn);
    }

    @Override
    public void runExecuted(InvocationId id, String run, long knownLsn) {
        Long recorded = recordedAtLsn.get(id + " " + run);
        if (recorded != null && recorded <= knownLsn) {
            throw new SimulationFailure(id + " " + run + " was recorded at LSN " + recorded
                    + " and is executed in an attempt whose node knew the log up to LSN " + knownLsn);
        }
    }
}
