package dev.reprise.server.query.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import java.util.List;
import java.util.function.Consumer;

/** What an invocation waits for, as JSON. */
public final class FutureJson {
    private FutureJson() {}

    /** {@code {"FirstCompleted":[{"Single":{"CompletionId":1}},{"Single":{"SignalIndex":17}}]}}. */
    static String of(FutureTree tree) {
        return node(tree).toString();
    }

    static ObjectNode node(FutureTree tree) {
        return switch (tree) {
            case FutureTree.Leaf(NotificationId id) -> Json.variant("Single", Json.notificationId(id));
            case FutureTree.Combinator(FutureTree.Kind kind, List<FutureTree> children) -> {
                ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
                children.forEach(child -> nodes.add(node(child)));
                yield Json.variant(name(kind), nodes);
            }
        };
    }

    /** The same with the names from the handler's code: {@code {"label":"or timeout 5 s","FirstCompleted":[…]}}. */
    static ObjectNode node(Awaited awaited) {
        return switch (awaited) {
            case Awaited.One(NotificationId id) -> Json.variant("Single", Json.notificationId(id));
            case Awaited.Group(String label, FutureTree.Kind kind, List<Awaited> members) -> {
                ObjectNode node = Json.object();
                if (!label.isEmpty()) {
                    node.put("label", label);
                }
                ArrayNode nodes = node.putArray(name(kind));
                members.forEach(member -> nodes.add(node(member)));
                yield node;
            }
        };
    }

    private static String name(FutureTree.Kind kind) {
        return switch (kind) {
            case FIRST_COMPLETED -> "FirstCompleted";
            case ALL_COMPLETED -> "AllCompleted";
            case FIRST_SUCCEEDED_OR_ALL_FAILED -> "FirstSucceededOrAllFailed";
            case ALL_SUCCEEDED_OR_FIRST_FAILED -> "AllSucceededOrFirstFailed";
            case UNKNOWN -> "Unknown";
        };
    }

    /** Visits all notifications of a tree. */
    static void leaves(FutureTree tree, Consumer<NotificationId> visitor) {
        switch (tree) {
            case FutureTree.Leaf(NotificationId id) -> visitor.accept(id);
            case FutureTree.Combinator combinator -> combinator.children().forEach(child -> leaves(child, visitor));
        }
    }
}
