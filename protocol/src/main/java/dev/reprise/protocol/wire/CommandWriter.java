package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.NotificationId;

/** Encodes commands. */
final class CommandWriter {
    private CommandWriter() {}

    static Bytes write(Command command) {
        ProtoWriter w = new ProtoWriter();
        writeFields(command, w);
        return w.string(CommandReader.NAME, command.name()).toBytes();
    }

    private static void writeFields(Command command, ProtoWriter w) {
        switch (command) {
            case Command.Input c -> {
                SharedMessages.headers(w, 1, c.headers());
                w.message(14, SharedMessages.value(c.value()));
            }
            case Command.Output c -> ResultFields.OUTPUT.write(w, c.result());
            case Command.GetLazyState c -> completion(w.bytes(1, c.key()), c.resultCompletionId());
            case Command.SetState c -> w.bytes(1, c.key()).message(3, SharedMessages.value(c.value()));
            case Command.ClearState c -> w.bytes(1, c.key());
            case Command.ClearAllState ignored -> {}
            case Command.GetLazyStateKeys c -> completion(w, c.resultCompletionId());
            case Command.GetEagerState c -> ResultFields.EAGER_STATE.write(w.bytes(1, c.key()), c.result());
            case Command.GetEagerStateKeys c -> w.message(14, SharedMessages.stateKeys(c.keys()));
            case Command.GetPromise c -> completion(w.string(1, c.key()), c.resultCompletionId());
            case Command.PeekPromise c -> completion(w.string(1, c.key()), c.resultCompletionId());
            case Command.CompletePromise c -> {
                ResultFields.COMPLETE.write(w.string(1, c.key()), c.completion());
                completion(w, c.resultCompletionId());
            }
            case Command.Sleep c -> completion(w.uint64(1, c.wakeUpTimeMillis()), c.resultCompletionId());
            case Command.Call c -> call(c, w);
            case Command.OneWayCall c -> oneWayCall(c, w);
            case Command.SendSignal c -> {
                signal(c.signal(), w.string(1, c.targetInvocationId()));
                ResultFields.SIGNAL.write(w, c.result());
            }
            case Command.Run c -> completion(w, c.resultCompletionId());
            case Command.AttachInvocation c -> completion(reference(c.target(), w), c.resultCompletionId());
            case Command.GetInvocationOutput c -> completion(reference(c.target(), w), c.resultCompletionId());
            case Command.CompleteAwakeable c -> ResultFields.COMPLETE.write(w.string(1, c.awakeableId()), c.result());
        }
    }

    private static void completion(ProtoWriter w, int completionId) {
        w.uint32(CommandReader.COMPLETION, completionId);
    }

    private static void call(Command.Call c, ProtoWriter w) {
        w.string(1, c.serviceName()).string(2, c.handlerName()).bytes(3, c.parameter());
        SharedMessages.headers(w, 4, c.headers());
        w.string(5, c.key())
                .optional(6, c.idempotencyKey())
                .optional(7, c.scope())
                .optional(8, c.limitKey())
                .uint32(10, c.invocationIdCompletionId());
        completion(w, c.resultCompletionId());
    }

    private static void oneWayCall(Command.OneWayCall c, ProtoWriter w) {
        w.string(1, c.serviceName())
                .string(2, c.handlerName())
                .bytes(3, c.parameter())
                .uint64(4, c.invokeTimeMillis());
        SharedMessages.headers(w, 5, c.headers());
        w.string(6, c.key())
                .optional(7, c.idempotencyKey())
                .optional(8, c.scope())
                .optional(9, c.limitKey())
                .uint32(10, c.invocationIdCompletionId());
    }

    private static void signal(NotificationId signal, ProtoWriter w) {
        switch (signal) {
            case NotificationId.SignalIndex(int index) -> w.present(2, Integer.toUnsignedLong(index));
            case NotificationId.SignalName(String name) -> w.optional(3, name);
            case NotificationId.CompletionId ignored ->
                throw new IllegalArgumentException("a signal has an index or a name, not a completion id");
        }
    }

    private static ProtoWriter reference(InvocationReference reference, ProtoWriter w) {
        return switch (reference) {
            case InvocationReference.ById(String id) -> w.optional(1, id);
            case InvocationReference.ByIdempotencyKey r ->
                w.message(
                        3,
                        new ProtoWriter()
                                .string(1, r.serviceName())
                                .optional(2, r.serviceKey())
                                .string(3, r.handlerName())
                                .string(4, r.idempotencyKey())
                                .optional(5, r.scope()));
            case InvocationReference.ByWorkflow r ->
                w.message(
                        4,
                        new ProtoWriter()
                                .string(1, r.workflowName())
                                .string(2, r.workflowKey())
                                .optional(3, r.scope()));
        };
    }
}
