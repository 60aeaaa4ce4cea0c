package dev.reprise.protocol.wire;

import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** What a handler awaits, written with each group's members in their order. */
public final class AwaitedCodec {
    private static final int LABEL = 1;
    private static final int KIND = 2;
    private static final int COMPLETION = 3;
    private static final int SIGNAL_INDEX = 4;
    private static final int SIGNAL_NAME = 5;
    private static final int MEMBERS = 6;

    private AwaitedCodec() {}

    /** The bytes of {@link #decode}. */
    public static Bytes encode(Awaited awaited) {
        return write(awaited).toBytes();
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @throws ProtocolException when it is something else, or larger than allowed
     */
    public static Awaited decode(Bytes bytes) {
        return read(ProtoFields.of(bytes));
    }

    static ProtoWriter write(Awaited awaited) {
        ProtoWriter writer = new ProtoWriter();
        return switch (awaited) {
            case Awaited.One(CompletionId(int id)) -> writer.present(COMPLETION, Integer.toUnsignedLong(id));
            case Awaited.One(SignalIndex(int index)) -> writer.present(SIGNAL_INDEX, Integer.toUnsignedLong(index));
            case Awaited.One(SignalName(String name)) -> writer.optional(SIGNAL_NAME, name);
            case Awaited.Group(String label, Kind kind, List<Awaited> members) -> {
                writer.string(LABEL, label).uint32(KIND, kind.code());
                members.forEach(member -> writer.message(MEMBERS, write(member)));
                yield writer;
            }
        };
    }

    static Awaited read(ProtoFields fields) {
        Awaited read = read(fields, 0);
        if (read.nodes() > Awaited.NODES_MAX) {
            throw new ProtocolException("what a handler awaits has more than " + Awaited.NODES_MAX + " parts");
        }
        return read;
    }

    private static Awaited read(ProtoFields fields, int depth) {
        if (depth > Awaited.DEPTH_MAX) {
            throw new ProtocolException("what a handler awaits nests more than " + Awaited.DEPTH_MAX + " deep");
        }
        NotificationId id = switch (fields.lastOf(COMPLETION, SIGNAL_INDEX, SIGNAL_NAME)) {
            case COMPLETION -> new CompletionId(fields.uint32(COMPLETION));
            case SIGNAL_INDEX -> new SignalIndex(fields.uint32(SIGNAL_INDEX));
            case SIGNAL_NAME -> new SignalName(fields.string(SIGNAL_NAME));
            default -> null;
        };
        return id == null ? readGroup(fields, depth) : new Awaited.One(id);
    }

    private static Awaited readGroup(ProtoFields fields, int depth) {
        List<Awaited> members = new ArrayList<>();
        fields.messages(MEMBERS).forEach(member -> members.add(read(member, depth + 1)));
        String label = fields.string(LABEL);
        if (label.length() > Awaited.LABEL_MAX) {
            throw new ProtocolException(
                    "a label may have " + Awaited.LABEL_MAX + " characters, this one has " + label.length());
        }
        int code = fields.uint32(KIND);
        return new Awaited.Group(
                label,
                Kind.ofCode(code).orElseThrow(() -> new ProtocolException("combinator type " + code + " is unknown")),
                members);
    }
}
