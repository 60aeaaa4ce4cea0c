package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.protocol.Invariants;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;
import org.jspecify.annotations.Nullable;

/** Calls and one-way calls: the caller learns the new invocation's id at once. */
final class CallCommands {
    private CallCommands() {}

    static void call(Invocation caller, int idCompletionId, @Nullable InvocationRequest request, Step step) {
        Invariants.check(request != null, "a call comes with the invocation it creates", caller.id());
        if (request == null) {
            return;
        }
        Result id = new Result.InvocationIdValue(request.id().toString());
        Life.answer(caller, MessageType.CALL_INVOCATION_ID_COMPLETION, idCompletionId, id, step);
        step.deliver(request.id(), new PartitionRecord.Invoke(request));
    }
}
