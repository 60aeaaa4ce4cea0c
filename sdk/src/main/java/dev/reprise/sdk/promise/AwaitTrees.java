package dev.reprise.sdk.promise;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.FutureTree.Combinator;
import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.protocol.FutureTree.Leaf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The trees that tell the engine what a promise waits for. The engine resumes the invocation when the tree is resolved,
 * so it must be resolved no later than the promise can settle; resolving earlier costs a useless resumption.
 *
 * <p>The engine cannot run the functions of {@code map} and {@code recover}, which turn success into failure and
 * failure into success. Where that could decide a combinator above them, the tree is resolved as soon as they can run.
 * A promise that occurs more than once below the awaited one would be written more than once; in that case the tree
 * lists all single notifications instead, any of which resolves it.
 *
 * <p>What waits for a branch, or for a function that itself waits, depends on what those wait for. The engine hears of
 * that separately, so it is left out.
 *
 * <p>A race of no promises, and whatever waits for nothing else, is left out: the protocol has no node without
 * children. Only a whole tree can be such a node, when its promise never settles.
 */
final class AwaitTrees {
    private static final FutureTree NOTHING = new Combinator(Kind.FIRST_COMPLETED, List.of());

    private final Set<PromiseNode<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<FutureTree> functionsBelow = new ArrayList<>();
    private boolean repeated;

    private AwaitTrees() {}

    /** What those wait for who await {@code roots}, which have not settled: any of these lets one of them continue. */
    static FutureTree of(List<PromiseNode<?>> roots) {
        AwaitTrees trees = new AwaitTrees();
        List<FutureTree> all = new ArrayList<>();
        for (PromiseNode<?> root : roots) {
            all.add(trees.tree(root, false));
        }
        if (trees.repeated) {
            return new Combinator(Kind.FIRST_COMPLETED, leaves(roots));
        }
        all.addAll(trees.functionsBelow);
        if (all.size() == 1) {
            return all.getFirst();
        }
        all.removeIf(FutureTree::isEmpty);
        return all.size() == 1 ? all.getFirst() : new Combinator(Kind.FIRST_COMPLETED, all);
    }

    /**
     * What {@code node} waits for. {@code below} says that it is below a combinator that a child's success or failure
     * can decide.
     */
    private FutureTree tree(PromiseNode<?> node, boolean below) {
        return switch (node.rule()) {
            case Rule.Single<?> single -> new Leaf(single.id());
            case Rule.Constant<?> ignored -> throw new IllegalArgumentException("a constant waits for nothing");
            case Rule.OfTask<?> ignored -> NOTHING;
            case Rule.Combining<?> ignored when node.decider() != null -> NOTHING;
            case Rule.Combining<?> rule -> {
                repeated |= !seen.add(node);
                yield repeated ? new Combinator(rule.kind(), List.of()) : combined(node, rule, below);
            }
        };
    }

    private FutureTree combined(PromiseNode<?> node, Rule.Combining<?> rule, boolean below) {
        if (rule.runsFunction()) {
            FutureTree source = tree(node.children().getLast(), false);
            if (below && !source.isEmpty()) {
                functionsBelow.add(source);
            }
            return source;
        }
        boolean decisive =
                rule.kind() == Kind.ALL_SUCCEEDED_OR_FIRST_FAILED || rule.kind() == Kind.FIRST_SUCCEEDED_OR_ALL_FAILED;
        List<FutureTree> pending = new ArrayList<>();
        for (PromiseNode<?> child : node.children()) {
            if (!child.hasOutcome()) {
                pending.add(tree(child, below || decisive));
            }
        }
        pending.removeIf(FutureTree::isEmpty);
        return new Combinator(rule.kind(), pending);
    }

    private static List<FutureTree> leaves(List<PromiseNode<?>> roots) {
        Set<PromiseNode<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<PromiseNode<?>> found = new ArrayList<>(roots.reversed());
        List<FutureTree> leaves = new ArrayList<>();
        while (!found.isEmpty()) {
            PromiseNode<?> node = found.removeLast();
            if (node.hasOutcome() || node.decider() != null || !seen.add(node)) {
                continue;
            }
            if (node.rule() instanceof Rule.Single<?> single) {
                leaves.add(new Leaf(single.id()));
            }
            found.addAll(node.children().reversed());
        }
        return leaves;
    }
}
