package dev.reprise.engine.partition;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import org.jspecify.annotations.Nullable;

/** What a handler's commands do. Every command is journaled first. */
final class Commands {
    private Commands() {}

    static void append(Invocation invocation, PartitionRecord.EntryAppended appended, Step step) {
        step.journal().append(invocation.id(), appended.entry());
        int type = appended.entry().type();
        if (type == MessageType.RUN.code()
                || type == MessageType.OUTPUT.code()
                || type >= MessageType.CUSTOM_RANGE_START) {
            // Journaled, and that is all.
            return;
        }
        Command command = (Command) MessageCodec.decode(appended.entry());
        switch (command) {
            case Command.Sleep c ->
                step.register(new TimerKey(
                        c.wakeUpTimeMillis(), TimerKey.Kind.SLEEP, invocation.id(), c.resultCompletionId()));
            case Command.Call c -> call(invocation, c.invocationIdCompletionId(), appended.call(), step);
            case Command.OneWayCall c -> call(invocation, c.invocationIdCompletionId(), appended.call(), step);
            case Command.GetLazyState _,
                    Command.SetState _,
                    Command.ClearState _,
                    Command.ClearAllState _,
                    Command.GetLazyStateKeys _ -> StateCommands.apply(invocation, command, step);
            case Command.GetPromise _, Command.PeekPromise _, Command.CompletePromise _ ->
                Promises.apply(invocation, command, step);
            case Command.SendSignal c -> sendSignal(c, step);
            case Command.CompleteAwakeable c -> {
                AwakeableId id = AwakeableId.parse(c.awakeableId());
                deliverSignal(id.invocationId(), new NotificationId.SignalIndex(id.signalIndex()), c.result(), step);
            }
            case Command.AttachInvocation c ->
                attach(invocation, c.target(), c.resultCompletionId(), MessageType.ATTACH_INVOCATION_COMPLETION, step);
            case Command.GetInvocationOutput c ->
                attach(
                        invocation,
                        c.target(),
                        c.resultCompletionId(),
                        MessageType.GET_INVOCATION_OUTPUT_COMPLETION,
                        step);
            case Command.GetEagerState _,
                    Command.GetEagerStateKeys _,
                    Command.Input _,
                    Command.Output _,
                    Command.Run _ -> {}
        }
    }

    private static void call(Invocation caller, int idCompletion, @Nullable InvocationRequest request, Step step) {
        if (request == null) {
            throw new IllegalStateException("a call must come with the invocation it creates");
        }
        Notifications.complete(
                caller,
                MessageType.CALL_INVOCATION_ID_COMPLETION,
                idCompletion,
                new Result.InvocationIdValue(request.id().toString()),
                step);
        step.deliver(request.id(), new PartitionRecord.Invoke(request));
    }

    private static void sendSignal(Command.SendSignal c, Step step) {
        InvocationId target = InvocationId.parse(c.targetInvocationId());
        if (c.signal().equals(NotificationId.SignalIndex.CANCEL)) {
            step.deliver(target, new PartitionRecord.CancelRequested(target, null));
        } else {
            deliverSignal(target, c.signal(), c.result(), step);
        }
    }

    private static void deliverSignal(InvocationId target, NotificationId signal, Result result, Step step) {
        step.deliver(target, new PartitionRecord.SignalSent(target, signal, result, null));
    }

    private static void attach(
            Invocation caller, InvocationReference reference, int completionId, MessageType type, Step step) {
        InvocationId target = InvocationReferences.resolve(reference);
        ResponseSink sink = new ResponseSink.Caller(caller.id(), completionId, type);
        boolean wait = type == MessageType.ATTACH_INVOCATION_COMPLETION;
        step.deliver(target, new PartitionRecord.AttachRequested(target, sink, wait));
    }
}
