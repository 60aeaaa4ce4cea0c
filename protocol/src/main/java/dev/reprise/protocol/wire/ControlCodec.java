package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ControlMessage.AwaitingOn;
import dev.reprise.protocol.ControlMessage.CommandAck;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The wire form of control messages. */
final class ControlCodec {
    /** A field that is not Restate's: its server passes over it. */
    private static final int AWAITED = 2000;

    /** Another one; it is the first of its message, so that a glance tells whether it is there. */
    private static final int FAILED_TRIES = 2001;

    private static final byte[] FAILED_TRIES_TAG = ProtoWriter.numberTag(FAILED_TRIES);

    private ControlCodec() {}

    static RawMessage encode(ControlMessage message, ProtocolVersion version) {
        return switch (message) {
            case Start m -> raw(MessageType.START, start(m));
            case Suspension m -> raw(MessageType.SUSPENSION, suspension(m, version));
            case ErrorMessage m -> raw(MessageType.ERROR, error(m));
            case End() -> raw(MessageType.END, new ProtoWriter());
            case CommandAck m -> raw(MessageType.COMMAND_ACK, new ProtoWriter().uint32(1, m.commandIndex()));
            case ProposeRunCompletion m -> raw(MessageType.PROPOSE_RUN_COMPLETION, proposal(m));
            case AwaitingOn m -> raw(MessageType.AWAITING_ON, awaitingOn(m));
            case ProposeRunCompletionAck m ->
                raw(MessageType.PROPOSE_RUN_COMPLETION_ACK, new ProtoWriter().uint32(1, m.completionId()));
        };
    }

    static ControlMessage decode(MessageType type, Bytes body) {
        ProtoFields fields = ProtoFields.of(body);
        return switch (type) {
            case START -> readStart(fields);
            case SUSPENSION -> readSuspension(fields);
            case ERROR -> readError(fields);
            case END -> End.INSTANCE;
            case COMMAND_ACK -> new CommandAck(fields.uint32(1));
            case PROPOSE_RUN_COMPLETION -> readProposal(fields);
            case AWAITING_ON -> readAwaitingOn(fields);
            case PROPOSE_RUN_COMPLETION_ACK -> new ProposeRunCompletionAck(fields.uint32(1));
            default -> throw new ProtocolException(type + " is not a control message");
        };
    }

    private static RawMessage raw(MessageType type, ProtoWriter body) {
        return new RawMessage(type.code(), body.toBytes());
    }

    private static ProtoWriter suspension(Suspension suspension, ProtocolVersion version) {
        FutureTree tree = suspension.awaitingOn();
        return version.compareTo(ProtocolVersion.V7) < 0
                ? FutureTreeCodec.writeFlat(tree)
                : new ProtoWriter().message(4, FutureTreeCodec.write(tree));
    }

    /** Since V7 the tree is field 4; before, the message itself had the fields of a single node. */
    private static Suspension readSuspension(ProtoFields fields) {
        return new Suspension(FutureTreeCodec.read(fields.has(4) ? fields.message(4) : fields));
    }

    private static ProtoWriter awaitingOn(AwaitingOn awaiting) {
        ProtoWriter writer = new ProtoWriter()
                .message(1, FutureTreeCodec.write(awaiting.awaitingOn()))
                .bool(2, awaiting.executingSideEffects());
        return awaiting.awaited() == null ? writer : writer.message(AWAITED, AwaitedCodec.write(awaiting.awaited()));
    }

    private static AwaitingOn readAwaitingOn(ProtoFields fields) {
        return new AwaitingOn(
                FutureTreeCodec.read(fields.message(1)),
                fields.bool(2),
                fields.has(AWAITED) ? AwaitedCodec.read(fields.message(AWAITED)) : null);
    }

    private static ProtoWriter start(Start start) {
        ProtoWriter writer = new ProtoWriter()
                .bytes(1, start.id())
                .string(2, start.debugId())
                .uint32(3, start.knownEntries());
        for (StateEntry entry : start.stateMap()) {
            writer.message(4, new ProtoWriter().bytes(1, entry.key()).bytes(2, entry.value()));
        }
        return writer.bool(5, start.partialState())
                .string(6, start.key())
                .uint32(7, start.retryCountSinceLastStoredEntry())
                .uint64(8, start.durationSinceLastStoredEntryMillis())
                .uint64(9, start.randomSeed())
                .optional(10, start.scope())
                .optional(11, start.limitKey())
                .optional(12, start.idempotencyKey());
    }

    private static Start readStart(ProtoFields fields) {
        List<StateEntry> state = new ArrayList<>();
        for (ProtoFields entry : fields.messages(4)) {
            state.add(new StateEntry(entry.bytes(1), entry.bytes(2)));
        }
        return new Start(
                fields.bytes(1),
                fields.string(2),
                fields.uint32(3),
                state,
                fields.bool(5),
                fields.string(6),
                fields.uint32(7),
                fields.uint64(8),
                fields.uint64(9),
                fields.optionalNonEmpty(10),
                fields.optionalNonEmpty(11),
                fields.optionalString(12));
    }

    private static ProtoWriter error(ErrorMessage error) {
        return new ProtoWriter()
                .uint32(FAILED_TRIES, error.failedTries())
                .uint32(1, error.code())
                .string(2, error.message())
                .string(3, error.stacktrace())
                .optional(4, error.relatedCommandIndex())
                .optional(5, error.relatedCommandName())
                .optional(6, error.relatedCommandType())
                .optional(8, error.nextRetryDelayMillis())
                .uint32(9, behaviorNumber(error.behavior()));
    }

    private static ErrorMessage readError(ProtoFields fields) {
        return new ErrorMessage(
                fields.uint32(1),
                fields.string(2),
                fields.string(3),
                fields.optionalUint32(4),
                fields.optionalString(5),
                fields.optionalUint32(6),
                fields.optionalUint64(8),
                behavior(fields.uint32(9)),
                fields.uint32(FAILED_TRIES));
    }

    private static int behaviorNumber(ErrorBehavior behavior) {
        return switch (behavior) {
            case RETRY -> 0;
            case PAUSE -> 1;
            case FAIL -> 2;
        };
    }

    private static ErrorBehavior behavior(int number) {
        return switch (number) {
            case 0 -> ErrorBehavior.RETRY;
            case 1 -> ErrorBehavior.PAUSE;
            case 2 -> ErrorBehavior.FAIL;
            default -> throw new ProtocolException("error behavior " + number + " is unknown");
        };
    }

    private static ProtoWriter proposal(ProposeRunCompletion proposal) {
        ProtoWriter writer =
                new ProtoWriter().uint32(FAILED_TRIES, proposal.failedTries()).uint32(1, proposal.resultCompletionId());
        return switch (proposal.result()) {
            case Result.Value(Bytes content) -> writer.presentBytes(14, content.array());
            case Result.Failed(Failure failure) -> writer.message(15, SharedMessages.failure(failure));
            case Result other -> throw new IllegalArgumentException("a run cannot end with " + other);
        };
    }

    private static ProposeRunCompletion readProposal(ProtoFields fields) {
        Result result = switch (fields.lastOf(14, 15)) {
            case 14 -> new Result.Value(fields.bytes(14));
            case 15 -> new Result.Failed(SharedMessages.readFailure(fields, 15));
            default -> throw new ProtocolException("a proposed run completion must have a value or a failure");
        };
        return new ProposeRunCompletion(fields.uint32(1), result, fields.uint32(FAILED_TRIES));
    }

    /** What an {@link ErrorMessage} or a {@link ProposeRunCompletion} tells of failed tries. */
    static int failedTries(Bytes body) {
        int length = FAILED_TRIES_TAG.length;
        boolean told = body.size() > length && Arrays.equals(body.array(), 0, length, FAILED_TRIES_TAG, 0, length);
        return told ? ProtoFields.of(body).uint32(FAILED_TRIES) : 0;
    }
}
