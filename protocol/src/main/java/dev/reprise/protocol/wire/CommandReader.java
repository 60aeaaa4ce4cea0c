package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;

/** Decodes commands. An empty scope or limit key means none, as the protocol says. */
final class CommandReader {
    /** The field of every command's name. */
    static final int NAME = 12;
    /** The field of the completion id of every command that has one result. */
    static final int COMPLETION = 11;

    private CommandReader() {}

    static Command read(MessageType type, Bytes body) {
        ProtoFields f = ProtoFields.of(body);
        String name = f.string(NAME);
        int completion = f.uint32(COMPLETION);
        return switch (type) {
            case INPUT -> new Command.Input(SharedMessages.readHeaders(f, 1), SharedMessages.readValue(f, 14), name);
            case OUTPUT -> new Command.Output(ResultFields.OUTPUT.read(f), name);
            case GET_LAZY_STATE -> new Command.GetLazyState(f.bytes(1), completion, name);
            case SET_STATE -> new Command.SetState(f.bytes(1), SharedMessages.readValue(f, 3), name);
            case CLEAR_STATE -> new Command.ClearState(f.bytes(1), name);
            case CLEAR_ALL_STATE -> new Command.ClearAllState(name);
            case GET_LAZY_STATE_KEYS -> new Command.GetLazyStateKeys(completion, name);
            case GET_EAGER_STATE -> new Command.GetEagerState(f.bytes(1), ResultFields.EAGER_STATE.read(f), name);
            case GET_EAGER_STATE_KEYS ->
                new Command.GetEagerStateKeys(f.message(14).allBytes(1), name);
            case GET_PROMISE -> new Command.GetPromise(f.string(1), completion, name);
            case PEEK_PROMISE -> new Command.PeekPromise(f.string(1), completion, name);
            case COMPLETE_PROMISE ->
                new Command.CompletePromise(f.string(1), ResultFields.COMPLETE.read(f), completion, name);
            case SLEEP -> new Command.Sleep(f.uint64(1), completion, name);
            case CALL -> call(f, completion, name);
            case ONE_WAY_CALL -> oneWayCall(f, name);
            case SEND_SIGNAL -> new Command.SendSignal(f.string(1), signal(f), ResultFields.SIGNAL.read(f), name);
            case RUN -> new Command.Run(completion, name);
            case ATTACH_INVOCATION -> new Command.AttachInvocation(reference(f), completion, name);
            case GET_INVOCATION_OUTPUT -> new Command.GetInvocationOutput(reference(f), completion, name);
            case COMPLETE_AWAKEABLE -> new Command.CompleteAwakeable(f.string(1), ResultFields.COMPLETE.read(f), name);
            default -> throw new IllegalArgumentException(type + " is not a command");
        };
    }

    private static Command.Call call(ProtoFields f, int completion, String name) {
        return new Command.Call(
                f.string(1),
                f.string(2),
                f.bytes(3),
                SharedMessages.readHeaders(f, 4),
                f.string(5),
                f.optionalString(6),
                f.optionalNonEmpty(7),
                f.optionalNonEmpty(8),
                f.uint32(10),
                completion,
                name);
    }

    private static Command.OneWayCall oneWayCall(ProtoFields f, String name) {
        return new Command.OneWayCall(
                f.string(1),
                f.string(2),
                f.bytes(3),
                f.uint64(4),
                SharedMessages.readHeaders(f, 5),
                f.string(6),
                f.optionalString(7),
                f.optionalNonEmpty(8),
                f.optionalNonEmpty(9),
                f.uint32(10),
                name);
    }

    /** The signal's id, in fields 2 and 3. */
    static NotificationId signal(ProtoFields f) {
        return switch (f.lastOf(2, 3)) {
            case 2 -> new NotificationId.SignalIndex(f.uint32(2));
            case 3 -> new NotificationId.SignalName(f.string(3));
            default -> throw new ProtocolException("a signal must have an index or a name");
        };
    }

    private static InvocationReference reference(ProtoFields f) {
        return switch (f.lastOf(1, 3, 4)) {
            case 1 -> new InvocationReference.ById(f.string(1));
            case 3 -> {
                ProtoFields t = f.message(3);
                yield new InvocationReference.ByIdempotencyKey(
                        t.string(1), t.optionalString(2), t.string(3), t.string(4), t.optionalNonEmpty(5));
            }
            case 4 -> {
                ProtoFields t = f.message(4);
                yield new InvocationReference.ByWorkflow(t.string(1), t.string(2), t.optionalNonEmpty(3));
            }
            default -> throw new ProtocolException("an invocation must be named by id, idempotency key or workflow");
        };
    }
}
