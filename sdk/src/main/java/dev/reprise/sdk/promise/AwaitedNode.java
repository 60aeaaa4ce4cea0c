package dev.reprise.sdk.promise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that waits for a promise: the promises that are made of it, and the tasks that await it directly. */
abstract sealed class AwaitedNode permits PromiseNode {
    /**
     * A promise that hears when this one settles.
     *
     * @param index which of its arguments this is
     */
    record Parent(PromiseNode<?> node, int index) {}

    private List<Parent> parents = List.of();
    private List<Wait> waits = List.of();

    /** The promises that hear when this one settles, in the order in which they were made. */
    final List<Parent> parents() {
        return parents;
    }

    final void addParent(Parent parent) {
        if (parents.isEmpty()) {
            parents = new ArrayList<>(2);
        }
        parents.add(parent);
    }

    /** Returns the parents, which are now told, and keeps none. */
    final List<Parent> takeParents() {
        List<Parent> taken = parents;
        parents = List.of();
        return taken;
    }

    /** The tasks that await it directly. */
    final List<Wait> waits() {
        return waits;
    }

    final void addWait(Wait wait) {
        if (waits.isEmpty()) {
            waits = List.of(wait); // several tasks hardly ever await the same promise
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
     * Whether anything alive still needs it: a task other than {@code asking}, or an unsettled promise that is made of
     * it.
     */
    final boolean isHadByOthers(@Nullable Task asking) {
        return waits.stream().anyMatch(wait -> !wait.task().equals(asking))
                || parents.stream().anyMatch(parent -> !parent.node().hasOutcome());
    }

    /**
     * Whether anything alive but a branch has it: another task, or a promise made of it that has not settled. What the
     * branch itself has made of it, and nobody else has, is the branch's own.
     */
    final boolean isHadByOthersThan(Task branch) {
        return waits.stream().anyMatch(wait -> !wait.task().equals(branch))
                || parents.stream()
                        .map(Parent::node)
                        .anyMatch(parent -> !parent.hasOutcome()
                                && (!branch.equals(parent.creator()) || parent.isHadByOthersThan(branch)));
    }

    /** The unsettled promises that are made of it, and those made of them. */
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
