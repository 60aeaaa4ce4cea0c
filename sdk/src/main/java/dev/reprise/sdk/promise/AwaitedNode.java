package dev.reprise.sdk.promise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What waits for a promise: the promises that are made of it, and the tasks that await it itself. */
abstract sealed class AwaitedNode permits PromiseNode {
    /**
     * A promise to be told when this settles.
     *
     * @param index which of its arguments this is
     */
    record Parent(PromiseNode<?> node, int index) {}

    private List<Parent> parents = List.of();
    private List<Wait> waits = List.of();

    /** The promises to be told when this settles, in the order in which they were made. */
    final List<Parent> parents() {
        return parents;
    }

    final void addParent(Parent parent) {
        if (parents.isEmpty()) {
            parents = new ArrayList<>(2);
        }
        parents.add(parent);
    }

    /** The parents, to be told now: none is left. */
    final List<Parent> takeParents() {
        List<Parent> taken = parents;
        parents = List.of();
        return taken;
    }

    /** The tasks that await it itself. */
    final List<Wait> waits() {
        return waits;
    }

    final void addWait(Wait wait) {
        if (waits.isEmpty()) {
            waits = List.of(wait); // hardly ever do several tasks await the same
        } else {
            waits = waits.size() == 1 ? new ArrayList<>(waits) : waits;
            waits.add(wait);
        }
    }

    final void removeWait(Wait wait) {
        if (waits.size() == 1) {
            waits = List.of();
        } else {
            waits.remove(wait);
        }
    }

    /**
     * Whether anything alive still has it: a task other than {@code asking}, or a promise made of it that has not
     * settled.
     */
    final boolean isHadByOthers(@Nullable Task asking) {
        return waits.stream().anyMatch(wait -> !wait.task().equals(asking))
                || parents.stream().anyMatch(parent -> !parent.node().hasOutcome());
    }

    /** The promises that are made of it and have not settled, and those made of them. */
    final Set<PromiseNode<?>> above() {
        Set<PromiseNode<?>> above = new LinkedHashSet<>();
        List<AwaitedNode> found = new ArrayList<>(List.of(this));
        while (!found.isEmpty()) {
            for (Parent parent : found.removeLast().parents) {
                if (!parent.node().hasOutcome() && above.add(parent.node())) {
                    found.add(parent.node());
                }
            }
        }
        return above;
    }
}
