package dev.reprise.sdk.promise;

import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.FutureTree.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes to people what tasks wait for: whole combinators, with what has settled of them, and branches by name.
 * {@link AwaitTrees} determine when the handler continues.
 *
 * <p>Functions of {@code map} and the like are skipped: people see what they wait for. A wait for a single notification
 * has no description, and neither has one that is too large to be sent.
 */
final class WaitDescription {
    private final Set<Task> described = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;
    private boolean tooLarge;

    private WaitDescription() {}

    /** Describes the waits in which tasks stand, the handler's first. */
    static Optional<Awaited> of(List<Wait> waits) {
        if (waits.size() == 1 && isSingle(waits.getFirst().root())) {
            return Optional.empty();
        }
        WaitDescription description = new WaitDescription();
        List<Awaited> all = new ArrayList<>();
        for (Wait wait : waits) {
            if (!description.described.contains(wait.task())) {
                Awaited awaited = wait.task().isBranch()
                        ? description.ofTask(wait.task(), 1)
                        : description.ofNode(wait.root(), 1);
                if (awaited != null) {
                    all.add(awaited);
                }
            }
        }
        Awaited whole = all.size() == 1 ? all.getFirst() : new Awaited.Group("", Kind.FIRST_COMPLETED, all);
        return description.tooLarge
                        || !(whole instanceof Awaited.Group group)
                        || group.members().isEmpty()
                ? Optional.empty()
                : Optional.of(whole);
    }

    private static boolean isSingle(PromiseNode<?> root) {
        PromiseNode<?> node = root;
        while (node.runsFunction()) {
            node = node.children().getLast();
        }
        return node.rule() instanceof Rule.Single<?>;
    }

    private @Nullable Awaited ofNode(PromiseNode<?> node, int depth) {
        nodes++;
        tooLarge |= nodes >= Awaited.NODES_MAX || depth >= Awaited.DEPTH_MAX;
        if (tooLarge) {
            return null;
        }
        return switch (node.rule()) {
            case Rule.Single<?> single -> new Awaited.One(single.id());
            case Rule.Constant<?> ignored -> null;
            case Rule.OfTask<?> branch -> ofTask(branch.task(), depth);
            case Rule.Combining<?> rule
            when rule.runsFunction() -> ofNode(node.children().getLast(), depth);
            case Rule.Combining<?> rule -> {
                List<Awaited> members = new ArrayList<>();
                for (PromiseNode<?> child : node.children()) {
                    Awaited member = ofNode(child, depth + 1);
                    if (member != null) {
                        members.add(member);
                    }
                }
                yield new Awaited.Group(cut(rule.label()), rule.kind(), members);
            }
        };
    }

    private Awaited ofTask(Task task, int depth) {
        Wait wait = task.currentWait();
        Awaited awaited = described.add(task) && wait != null ? ofNode(wait.root(), depth + 1) : null;
        return new Awaited.Group(
                cut("branch " + task.label()), Kind.UNKNOWN, awaited == null ? List.of() : List.of(awaited));
    }

    private static String cut(String label) {
        return label.length() <= Awaited.LABEL_MAX ? label : label.substring(0, Awaited.LABEL_MAX - 1) + "…";
    }
}
