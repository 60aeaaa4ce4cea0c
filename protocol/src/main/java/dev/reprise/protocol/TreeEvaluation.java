package dev.reprise.protocol;

import dev.reprise.protocol.FutureTree.Combinator;
import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.protocol.FutureTree.Leaf;
import dev.reprise.protocol.FutureTree.Progress;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Walks a {@link FutureTree} with a stack on the heap, so that no tree is too deep for it. One stack entry is an inner
 * node whose children are being looked at, and what those seen so far amount to.
 */
final class TreeEvaluation {
    private final Combinator node;
    private int next;
    private int pending;
    private int succeeded;
    private int failed;
    private int undecided;

    private TreeEvaluation(Combinator node) {
        this.node = node;
    }

    static Progress of(FutureTree tree, Function<NotificationId, Progress> ofLeaf) {
        ArrayDeque<TreeEvaluation> open = new ArrayDeque<>();
        FutureTree current = tree;
        while (true) {
            Progress progress;
            switch (current) {
                case Leaf(NotificationId id) -> progress = ofLeaf.apply(id);
                case Combinator combinator -> {
                    TreeEvaluation entered = new TreeEvaluation(combinator);
                    if (entered.hasNext()) {
                        open.push(entered);
                        current = entered.next();
                        continue;
                    }
                    progress = entered.result();
                }
            }
            while (!open.isEmpty()) {
                TreeEvaluation parent = open.element();
                if (progress == Progress.COMPLETED && parent.needsOutcomes()) {
                    return Progress.COMPLETED;
                }
                parent.add(progress);
                if (parent.hasNext() && !parent.isDecided()) {
                    break;
                }
                progress = open.pop().result();
            }
            if (open.isEmpty()) {
                return progress;
            }
            current = open.element().next();
        }
    }

    private boolean hasNext() {
        return next < node.children().size();
    }

    private FutureTree next() {
        return node.children().get(next++);
    }

    /** Whether it matters how a child completed. */
    private boolean needsOutcomes() {
        return node.kind() == Kind.FIRST_SUCCEEDED_OR_ALL_FAILED || node.kind() == Kind.ALL_SUCCEEDED_OR_FIRST_FAILED;
    }

    private void add(Progress child) {
        switch (child) {
            case PENDING -> pending++;
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case COMPLETED -> undecided++;
        }
    }

    /** Whether the children not yet seen cannot change the result. A race must see which outcomes there are. */
    private boolean isDecided() {
        return switch (node.kind()) {
            case FIRST_COMPLETED -> undecided > 0;
            case UNKNOWN -> isAnyCompleted();
            case ALL_COMPLETED -> pending > 0;
            case FIRST_SUCCEEDED_OR_ALL_FAILED -> succeeded > 0;
            case ALL_SUCCEEDED_OR_FIRST_FAILED -> failed > 0;
        };
    }

    private Progress result() {
        return switch (node.kind()) {
            case FIRST_COMPLETED -> first();
            case UNKNOWN -> isAnyCompleted() ? Progress.COMPLETED : Progress.PENDING;
            case ALL_COMPLETED -> pending > 0 ? Progress.PENDING : Progress.SUCCEEDED;
            case FIRST_SUCCEEDED_OR_ALL_FAILED -> decidedBy(succeeded, Progress.SUCCEEDED, Progress.FAILED);
            case ALL_SUCCEEDED_OR_FIRST_FAILED -> decidedBy(failed, Progress.FAILED, Progress.SUCCEEDED);
        };
    }

    private boolean isAnyCompleted() {
        return succeeded + failed + undecided > 0;
    }

    private Progress first() {
        if (undecided > 0 || succeeded > 0 && failed > 0) {
            return Progress.COMPLETED;
        }
        if (succeeded > 0) {
            return Progress.SUCCEEDED;
        }
        return failed > 0 ? Progress.FAILED : Progress.PENDING;
    }

    private Progress decidedBy(int deciding, Progress decision, Progress otherwise) {
        if (deciding > 0) {
            return decision;
        }
        return pending > 0 ? Progress.PENDING : otherwise;
    }

    static void forEachLeaf(FutureTree tree, Consumer<NotificationId> visitor) {
        ArrayDeque<FutureTree> toVisit = new ArrayDeque<>();
        toVisit.push(tree);
        while (!toVisit.isEmpty()) {
            switch (toVisit.pop()) {
                case Leaf(NotificationId id) -> visitor.accept(id);
                case Combinator node -> node.children().reversed().forEach(toVisit::push);
            }
        }
    }

    static int depthOf(FutureTree tree) {
        ArrayDeque<TreeEvaluation> open = new ArrayDeque<>();
        int deepest = 0;
        if (tree instanceof Combinator root) {
            open.push(new TreeEvaluation(root));
        }
        while (!open.isEmpty()) {
            deepest = Math.max(deepest, open.size() - 1);
            if (!open.element().hasNext()) {
                open.pop();
            } else if (open.element().next() instanceof Combinator inner) {
                open.push(new TreeEvaluation(inner));
            }
        }
        return deepest;
    }
}
