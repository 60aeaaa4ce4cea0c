package dev.reprise.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What a handler awaits, for people to see: the whole combinator, with what of it has settled before, and the names
 * that the handler's code has for its parts. What decides when the handler goes on is its {@link FutureTree}.
 *
 * <p>Our own SDK sends it beside the tree, in a field that Restate's server does not know. Of another SDK the tree is
 * all there is: {@link #of}.
 */
public sealed interface Awaited {
    /** The deepest nesting of groups that is sent or taken. */
    int DEPTH_MAX = 100;

    /** The most groups and notifications that one has. */
    int NODES_MAX = 1000;

    /** The longest label, in characters. */
    int LABEL_MAX = 100;

    /** One notification. */
    record One(NotificationId id) implements Awaited {}

    /**
     * Several, combined.
     *
     * @param label what the handler's code calls it, as {@code at least 2 of 3}, or {@code branch flight}; empty if the
     *     kind says all, at most {@link #LABEL_MAX} characters
     */
    record Group(String label, FutureTree.Kind kind, List<Awaited> members) implements Awaited {
        public Group {
            if (label.length() > LABEL_MAX) {
                throw new IllegalArgumentException(
                        "a label may have " + LABEL_MAX + " characters, this one has " + label.length());
            }
            members = List.copyOf(members);
        }
    }

    /**
     * What a tree tells: it without the cancellation that every handler awaits beside; empty if nothing is combined
     * there, or if it is too large.
     */
    static Optional<Awaited> of(FutureTree tree) {
        return tree.depth() > DEPTH_MAX
                ? Optional.empty()
                : without(tree).filter(awaited -> awaited instanceof Group && awaited.nodes() <= NODES_MAX);
    }

    private static Optional<Awaited> without(FutureTree tree) {
        return switch (tree) {
            case FutureTree.Leaf(NotificationId id) ->
                id.equals(NotificationId.SignalIndex.CANCEL) ? Optional.empty() : Optional.of(new One(id));
            case FutureTree.Combinator(FutureTree.Kind kind, List<FutureTree> children) -> {
                List<Awaited> members = children.stream()
                        .map(Awaited::without)
                        .flatMap(Optional::stream)
                        .toList();
                yield switch (members.size()) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of(members.getFirst());
                    default -> Optional.of(new Group("", kind, members));
                };
            }
        };
    }

    /** How many groups and notifications it has. */
    default int nodes() {
        return switch (this) {
            case One ignored -> 1;
            case Group group ->
                1 + group.members().stream().mapToInt(Awaited::nodes).sum();
        };
    }
}
