package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.Parts.ResultFields;

/** Commands. Field 12 is a command's name, field 11 its completion. */
final class CommandCodec {
    private static final int NAME = 12;
    private static final int COMPLETION = 11;

    private CommandCodec() {}

    static RawMessage encode(Command command) {
        ProtoWriter w = new ProtoWriter();
        MessageType type = writeBody(command, w);
        w.string(NAME, command.name());
        return new RawMessage(type.code(), w.toBytes());
    }

    private static MessageType writeBody(Command command, ProtoWriter w) {
        return switch (command) {
            case Command.Input c -> {
                Parts.headers(w, 1, c.headers());
                w.message(14, Parts.value(c.value()));
                yield MessageType.INPUT;
            }
            case Command.Output c -> {
                ResultFields.OUTPUT.write(w, c.result());
                yield MessageType.OUTPUT;
            }
            case Command.Run c -> {
                w.uint(COMPLETION, c.resultCompletionId());
                yield MessageType.RUN;
            }
            case Command.Sleep c -> {
                w.uint(1, c.wakeUpTimeMillis()).uint(COMPLETION, c.resultCompletionId());
                yield MessageType.SLEEP;
            }
            case Command.Call c -> writeCall(c, w);
            case Command.OneWayCall c -> writeOneWayCall(c, w);
            case Command.SendSignal c -> writeSignal(c, w);
            case Command.CompleteAwakeable c -> {
                w.string(1, c.awakeableId());
                ResultFields.COMPLETION.write(w, c.result());
                yield MessageType.COMPLETE_AWAKEABLE;
            }
            case Command.AttachInvocation c -> {
                writeReference(c.target(), w);
                w.uint(COMPLETION, c.resultCompletionId());
                yield MessageType.ATTACH_INVOCATION;
            }
            case Command.GetInvocationOutput c -> {
                writeReference(c.target(), w);
                w.uint(COMPLETION, c.resultCompletionId());
                yield MessageType.GET_INVOCATION_OUTPUT;
            }
            case Command.GetPromise c -> promise(w, c.key(), c.resultCompletionId(), MessageType.GET_PROMISE);
            case Command.PeekPromise c -> promise(w, c.key(), c.resultCompletionId(), MessageType.PEEK_PROMISE);
            case Command.CompletePromise c -> {
                ResultFields.COMPLETION.write(w.string(1, c.key()), c.completion());
                w.uint(COMPLETION, c.resultCompletionId());
                yield MessageType.COMPLETE_PROMISE;
            }
            case Command.GetLazyState _,
                    Command.SetState _,
                    Command.ClearState _,
                    Command.ClearAllState _,
                    Command.GetLazyStateKeys _,
                    Command.GetEagerState _,
                    Command.GetEagerStateKeys _ -> writeState(command, w);
        };
    }

    private static MessageType promise(ProtoWriter w, String key, int completionId, MessageType type) {
        w.string(1, key).uint(COMPLETION, completionId);
        return type;
    }

    private static MessageType writeState(Command command, ProtoWriter w) {
        switch (command) {
            case Command.GetLazyState c -> w.bytes(1, c.key()).uint(COMPLETION, c.resultCompletionId());
            case Command.SetState c -> w.bytes(1, c.key()).message(3, Parts.value(c.value()));
            case Command.ClearState c -> w.bytes(1, c.key());
            case Command.GetLazyStateKeys c -> w.uint(COMPLETION, c.resultCompletionId());
            case Command.GetEagerState c -> ResultFields.EAGER_STATE.write(w.bytes(1, c.key()), c.result());
            case Command.GetEagerStateKeys c -> w.message(14, Parts.stateKeys(c.keys()));
            default -> {}
        }
        return switch (command) {
            case Command.GetLazyState _ -> MessageType.GET_LAZY_STATE;
            case Command.SetState _ -> MessageType.SET_STATE;
            case Command.ClearState _ -> MessageType.CLEAR_STATE;
            case Command.ClearAllState _ -> MessageType.CLEAR_ALL_STATE;
            case Command.GetLazyStateKeys _ -> MessageType.GET_LAZY_STATE_KEYS;
            case Command.GetEagerState _ -> MessageType.GET_EAGER_STATE;
            case Command.GetEagerStateKeys _ -> MessageType.GET_EAGER_STATE_KEYS;
            default -> throw new IllegalStateException("not a state command: " + command);
        };
    }

    private static MessageType writeCall(Command.Call c, ProtoWriter w) {
        w.string(1, c.serviceName()).string(2, c.handlerName()).bytes(3, c.parameter());
        Parts.headers(w, 4, c.headers());
        w.string(5, c.key())
                .optional(6, c.idempotencyKey())
                .optional(7, c.scope())
                .optional(8, c.limitKey())
                .uint(10, c.invocationIdCompletionId())
                .uint(COMPLETION, c.resultCompletionId());
        return MessageType.CALL;
    }

    private static MessageType writeOneWayCall(Command.OneWayCall c, ProtoWriter w) {
        w.string(1, c.serviceName())
                .string(2, c.handlerName())
                .bytes(3, c.parameter())
                .uint(4, c.invokeTimeMillis());
        Parts.headers(w, 5, c.headers());
        w.string(6, c.key())
                .optional(7, c.idempotencyKey())
                .optional(8, c.scope())
                .optional(9, c.limitKey())
                .uint(10, c.invocationIdCompletionId());
        return MessageType.ONE_WAY_CALL;
    }

    private static MessageType writeSignal(Command.SendSignal c, ProtoWriter w) {
        w.string(1, c.targetInvocationId());
        switch (c.signal()) {
            case NotificationId.SignalIndex(int index) -> w.present(2, index);
            case NotificationId.SignalName(String name) -> w.optional(3, name);
            case NotificationId.CompletionId _ ->
                throw new IllegalArgumentException("a signal has an index or a name, not a completion id");
        }
        ResultFields.SIGNAL.write(w, c.result());
        return MessageType.SEND_SIGNAL;
    }

    private static void writeReference(InvocationReference reference, ProtoWriter w) {
        switch (reference) {
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
        }
    }

    static Command decode(MessageType type, Bytes body) {
        ProtoFields f = ProtoFields.of(body);
        String name = f.string(NAME);
        int completion = f.uint32(COMPLETION);
        return switch (type) {
            case INPUT -> new Command.Input(Parts.readHeaders(f, 1), Parts.readValue(f, 14), name);
            case OUTPUT -> new Command.Output(ResultFields.OUTPUT.read(f), name);
            case GET_LAZY_STATE -> new Command.GetLazyState(f.bytes(1), completion, name);
            case SET_STATE -> new Command.SetState(f.bytes(1), Parts.readValue(f, 3), name);
            case CLEAR_STATE -> new Command.ClearState(f.bytes(1), name);
            case CLEAR_ALL_STATE -> new Command.ClearAllState(name);
            case GET_LAZY_STATE_KEYS -> new Command.GetLazyStateKeys(completion, name);
            case GET_EAGER_STATE -> new Command.GetEagerState(f.bytes(1), ResultFields.EAGER_STATE.read(f), name);
            case GET_EAGER_STATE_KEYS ->
                new Command.GetEagerStateKeys(f.message(14).allBytes(1), name);
            case GET_PROMISE -> new Command.GetPromise(f.string(1), completion, name);
            case PEEK_PROMISE -> new Command.PeekPromise(f.string(1), completion, name);
            case COMPLETE_PROMISE ->
                new Command.CompletePromise(f.string(1), ResultFields.COMPLETION.read(f), completion, name);
            case SLEEP -> new Command.Sleep(f.uint64(1), completion, name);
            case CALL -> readCall(f, completion, name);
            case ONE_WAY_CALL -> readOneWayCall(f, name);
            case SEND_SIGNAL -> new Command.SendSignal(f.string(1), signal(f), ResultFields.SIGNAL.read(f), name);
            case RUN -> new Command.Run(completion, name);
            case ATTACH_INVOCATION -> new Command.AttachInvocation(reference(f), completion, name);
            case GET_INVOCATION_OUTPUT -> new Command.GetInvocationOutput(reference(f), completion, name);
            case COMPLETE_AWAKEABLE ->
                new Command.CompleteAwakeable(f.string(1), ResultFields.COMPLETION.read(f), name);
            default -> throw new ProtocolException(type + " is not a command");
        };
    }

    private static Command.Call readCall(ProtoFields f, int completion, String name) {
        return new Command.Call(
                f.string(1),
                f.string(2),
                f.bytes(3),
                Parts.readHeaders(f, 4),
                f.string(5),
                f.optionalString(6),
                f.optionalString(7),
                f.optionalString(8),
                f.uint32(10),
                completion,
                name);
    }

    private static Command.OneWayCall readOneWayCall(ProtoFields f, String name) {
        return new Command.OneWayCall(
                f.string(1),
                f.string(2),
                f.bytes(3),
                f.uint64(4),
                Parts.readHeaders(f, 5),
                f.string(6),
                f.optionalString(7),
                f.optionalString(8),
                f.optionalString(9),
                f.uint32(10),
                name);
    }

    private static NotificationId signal(ProtoFields f) {
        if (f.has(2)) {
            return new NotificationId.SignalIndex(f.uint32(2));
        }
        if (f.has(3)) {
            return new NotificationId.SignalName(f.string(3));
        }
        throw new ProtocolException("a signal must have an index or a name");
    }

    private static InvocationReference reference(ProtoFields f) {
        if (f.has(1)) {
            return new InvocationReference.ById(f.string(1));
        }
        if (f.has(3)) {
            ProtoFields t = f.message(3);
            return new InvocationReference.ByIdempotencyKey(
                    t.string(1), t.optionalString(2), t.string(3), t.string(4), t.optionalString(5));
        }
        if (f.has(4)) {
            ProtoFields t = f.message(4);
            return new InvocationReference.ByWorkflow(t.string(1), t.string(2), t.optionalString(3));
        }
        throw new ProtocolException("an invocation must be named by id, idempotency key or workflow");
    }
}
