package dev.reprise.protocol.wire;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.FutureTree.Combinator;
import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.protocol.FutureTree.Leaf;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * Await trees: the leaves of a node are kept in three lists, the inner nodes in a fourth, so the order among children
 * is kept within each list only. Before V7 there was no tree but one such node, of kind {@link Kind#UNKNOWN}.
 */
final class FutureTreeCodec {
    private FutureTreeCodec() {}

    /**
     * Encodes a tree.
     *
     * @throws IllegalArgumentException when it is deeper than {@link FutureTree#DEPTH_MAX}
     */
    static ProtoWriter write(FutureTree tree) {
        int depth = tree.depth();
        if (depth > FutureTree.DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "an await tree may be " + FutureTree.DEPTH_MAX + " combinators deep, this one is " + depth);
        }
        return switch (tree) {
            case Leaf leaf -> writeNode(new Combinator(Kind.FIRST_COMPLETED, List.of(leaf)));
            case Combinator node -> writeNode(node);
        };
    }

    /** Encodes the leaves of a tree as the one node that was before V7. */
    static ProtoWriter writeFlat(FutureTree tree) {
        ProtoWriter writer = new ProtoWriter();
        tree.forEachLeaf(id -> writeLeaf(writer, new Leaf(id)));
        return writer;
    }

    private static ProtoWriter writeNode(Combinator node) {
        ProtoWriter writer = new ProtoWriter();
        for (FutureTree child : node.children()) {
            switch (child) {
                case Leaf leaf -> writeLeaf(writer, leaf);
                case Combinator nested -> writer.message(4, writeNode(nested));
            }
        }
        return writer.uint32(5, node.kind().code());
    }

    private static void writeLeaf(ProtoWriter writer, Leaf leaf) {
        switch (leaf.id()) {
            case CompletionId(int id) -> writer.present(1, Integer.toUnsignedLong(id));
            case SignalIndex(int index) -> writer.present(2, Integer.toUnsignedLong(index));
            case SignalName(String name) -> writer.optional(3, name);
        }
    }

    static FutureTree read(ProtoFields fields) {
        return readNode(fields, 0);
    }

    private static FutureTree readNode(ProtoFields fields, int depth) {
        if (depth > FutureTree.DEPTH_MAX) {
            throw new ProtocolException("an await tree is deeper than " + FutureTree.DEPTH_MAX + " combinators");
        }
        List<FutureTree> children = new ArrayList<>();
        fields.uint32s(1).forEach(id -> children.add(new Leaf(new CompletionId(id))));
        fields.uint32s(2).forEach(index -> children.add(new Leaf(new SignalIndex(index))));
        fields.strings(3).forEach(name -> children.add(new Leaf(new SignalName(name))));
        for (ProtoFields nested : fields.messages(4)) {
            children.add(readNode(nested, depth + 1));
        }
        if (children.isEmpty()) {
            throw new ProtocolException("an await tree has a node that awaits nothing");
        }
        int code = fields.uint32(5);
        return new Combinator(
                Kind.ofCode(code).orElseThrow(() -> new ProtocolException("combinator type " + code + " is unknown")),
                children);
    }
}
