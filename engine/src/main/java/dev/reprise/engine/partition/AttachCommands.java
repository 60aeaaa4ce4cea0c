package dev.reprise.engine.partition;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.id.InvocationId;

/** Asks for the result of an existing invocation, to wait for it or to look whether it is there. */
final class AttachCommands {
    private AttachCommands() {}

    static void attach(Invocation invocation, Command.AttachInvocation command, Step step) {
        ResponseSink.Caller caller = new ResponseSink.Caller(
                invocation.id(), command.resultCompletionId(), MessageType.ATTACH_INVOCATION_COMPLETION);
        request(resolve(command.target()), caller, true, step);
    }

    static void output(Invocation invocation, Command.GetInvocationOutput command, Step step) {
        ResponseSink.Caller caller = new ResponseSink.Caller(
                invocation.id(), command.resultCompletionId(), MessageType.GET_INVOCATION_OUTPUT_COMPLETION);
        request(resolve(command.target()), caller, false, step);
    }

    private static void request(InvocationId target, ResponseSink.Caller caller, boolean untilCompleted, Step step) {
        step.deliver(target, new PartitionRecord.AttachRequested(target, caller, untilCompleted));
    }

    /** The id of the invocation a reference names; derived as it was when the invocation was submitted. */
    private static InvocationId resolve(InvocationReference reference) {
        return switch (reference) {
            case InvocationReference.ById(String id) -> InvocationId.parse(id);
            case InvocationReference.ByIdempotencyKey r ->
                InvocationId.deterministic(r.serviceName(), r.serviceKey(), r.handlerName(), r.idempotencyKey());
            case InvocationReference.ByWorkflow r ->
                InvocationId.deterministic(r.workflowName(), r.workflowKey(), "", null);
        };
    }
}
