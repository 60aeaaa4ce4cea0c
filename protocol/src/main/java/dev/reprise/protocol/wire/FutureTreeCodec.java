package dev.reprise.protocol.wire;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** Await trees: the leaves of a node are kept in three lists, the inner nodes in a fourth. */
final class FutureTreeCodec {
    private FutureTreeCodec() {}

    static ProtoWriter write(FutureTree tree) {
        return switch (tree) {
            case FutureTree.Leaf leaf ->
                writeNode(new FutureTree.Combinator(FutureTree.Kind.FIRST_COMPLETED, List.of(leaf)));
            case FutureTree.Combinator node -> writeNode(node);
        };
    }

    private static ProtoWriter writeNode(FutureTree.Combinator node) {
        ProtoWriter writer = new ProtoWriter();
        for (FutureTree child : node.children()) {
            switch (child) {
                case FutureTree.Leaf(NotificationId.CompletionId(int id)) -> writer.present(1, id);
                case FutureTree.Leaf(NotificationId.SignalIndex(int index)) -> writer.present(2, index);
                case FutureTree.Leaf(NotificationId.SignalName(String name)) -> writer.optional(3, name);
                case FutureTree.Combinator nested -> writer.message(4, writeNode(nested));
            }
        }
        return writer.uint(5, node.kind().ordinal() + 1);
    }

    static FutureTree read(ProtoFields fields) {
        return readNode(fields, 0);
    }

    private static FutureTree.Combinator readNode(ProtoFields fields, int depth) {
        if (depth > FutureTree.DEPTH_MAX) {
            throw new ProtocolException("an await tree is deeper than " + FutureTree.DEPTH_MAX);
        }
        List<FutureTree> children = new ArrayList<>();
        fields.uint32s(1).forEach(id -> children.add(new FutureTree.Leaf(new NotificationId.CompletionId(id))));
        fields.uint32s(2).forEach(id -> children.add(new FutureTree.Leaf(new NotificationId.SignalIndex(id))));
        fields.strings(3).forEach(name -> children.add(new FutureTree.Leaf(new NotificationId.SignalName(name))));
        for (ProtoFields nested : fields.messages(4)) {
            children.add(readNode(nested, depth + 1));
        }
        return new FutureTree.Combinator(kind(fields.uint32(5)), children);
    }

    private static FutureTree.Kind kind(int number) {
        return switch (number) {
            case 0, 1 -> FutureTree.Kind.FIRST_COMPLETED;
            case 2 -> FutureTree.Kind.ALL_COMPLETED;
            case 3 -> FutureTree.Kind.FIRST_SUCCEEDED_OR_ALL_FAILED;
            case 4 -> FutureTree.Kind.ALL_SUCCEEDED_OR_FIRST_FAILED;
            default -> throw new ProtocolException("combinator type " + number + " is unknown");
        };
    }
}
