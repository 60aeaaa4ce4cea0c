package dev.reprise.simulator.check;

import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which invocation called which, and which were cancelled or killed: those, and everything they called, may end in any
 * way.
 */
public final class Families implements Check {
    private final Map<InvocationId, InvocationId> parents = new HashMap<>();
    private final Set<InvocationId> disturbed = new HashSet<>();
    private final Set<InvocationId> cancelled = new HashSet<>();

    @Override
    public void applied(Replica.Applied applied) {
        if (applied.counts()) {
            note(applied.record());
        }
    }

    private void note(PartitionRecord record) {
        switch (record) {
            case PartitionRecord.FromPartition message -> note(message.record());
            case PartitionRecord.Invoke invoke -> called(invoke.request());
            case PartitionRecord.EntryAppended entry -> appended(entry);
            case PartitionRecord.CancelRequested cancel -> cancelled(cancel.target());
            case PartitionRecord.KillRequested kill -> disturbed.add(kill.target());
            case PartitionRecord.SignalSent signal -> {
                if (signal.signal().equals(SignalIndex.CANCEL)) {
                    cancelled(signal.target());
                }
            }
            default -> {}
        }
    }

    private void appended(PartitionRecord.EntryAppended entry) {
        if (entry.call() != null) {
            called(entry.call());
        }
        if (entry.entry().type() == MessageType.SEND_SIGNAL.code()
                && MessageCodec.decode(entry.entry()) instanceof Command.SendSignal signal
                && signal.signal().equals(SignalIndex.CANCEL)) {
            cancelled(InvocationId.parse(signal.targetInvocationId()));
        }
    }

    private void called(InvocationRequest request) {
        if (request.origin() instanceof Origin.Caller caller) {
            parents.putIfAbsent(request.id(), caller.id());
        }
    }

    private void cancelled(InvocationId id) {
        disturbed.add(id);
        cancelled.add(id);
    }

    /** Whether it was cancelled itself, so that it can only fail. */
    public boolean wasCancelled(InvocationId id) {
        return cancelled.contains(id);
    }

    boolean isDisturbed(InvocationId id) {
        boolean found = false;
        for (@Nullable InvocationId each = id; each != null && !found; each = parents.get(each)) {
            found = disturbed.contains(each);
        }
        return found;
    }
}
