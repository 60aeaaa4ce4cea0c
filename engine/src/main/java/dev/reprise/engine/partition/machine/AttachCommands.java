package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.id.InvocationId;

/** Commands that ask for the result of an existing invocation, to wait for it or to see whether it is there. */
final class AttachCommands {
    private AttachCommands() {}

    static void attach(Invocation invocation, Command.AttachInvocation command, Step step) {
        ResponseSink.Caller caller = new ResponseSink.Caller(
                invocation.id(), command.resultCompletionId(), MessageType.ATTACH_INVOCATION_COMPLETION);
        request(InvocationId.of(command.target()), caller, true, step);
    }

    static void output(Invocation invocation, Command.GetInvocationOutput command, Step step) {
        ResponseSink.Caller caller = new ResponseSink.Caller(
                invocation.id(), command.resultCompletionId(), MessageType.GET_INVOCATION_OUTPUT_COMPLETION);
        request(InvocationId.of(command.target()), caller, false, step);
    }

    private static void request(InvocationId target, ResponseSink.Caller caller, boolean untilCompleted, Step step) {
        step.deliver(target, new PartitionRecord.AttachRequested(target, caller, untilCompleted));
    }
}
