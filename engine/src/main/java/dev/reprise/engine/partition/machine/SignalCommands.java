package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;

/** Signals to other invocations, including completions of awakeables. Nobody answers them. */
final class SignalCommands {
    private SignalCommands() {}

    static void send(Command.SendSignal command, Step step) {
        deliver(InvocationId.parse(command.targetInvocationId()), command.signal(), command.result(), step);
    }

    static void completeAwakeable(Command.CompleteAwakeable command, Step step) {
        AwakeableId id = AwakeableId.parse(command.awakeableId());
        deliver(id.invocationId(), new NotificationId.SignalIndex(id.signalIndex()), command.result(), step);
    }

    private static void deliver(InvocationId target, NotificationId signal, Result result, Step step) {
        step.deliver(target, new PartitionRecord.SignalSent(target, signal, result, null));
    }
}
