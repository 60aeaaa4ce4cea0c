package dev.reprise.sdk.promise;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One flow of a handler's code: the handler itself or one of its branches. Only one of an attempt's tasks runs at a
 * time, the one that has the baton; the others stand in an await, see {@link Schedule}. Subclasses determine how the
 * baton passes from thread to thread.
 *
 * <p>A task begins when it is scheduled for the first time, and has ended when its code has returned or thrown. A
 * branch lives until then, even if its promise was cancelled before.
 */
public abstract class Task implements Comparable<Task> {
    private final int[] path;
    private final NavigableSet<Task> branches = new TreeSet<>();
    private final Queue<Arrival> jobs = new ArrayDeque<>();
    private final Deque<PromiseNode<?>> functions = new ArrayDeque<>();
    private final Map<Long, PromiseNode<?>> begunByBranch = new LinkedHashMap<>();
    private @Nullable Task parent;
    private int forked;
    private @Nullable Wait wait;
    private boolean queued;
    private boolean scheduled;
    private boolean interrupted;
    private int cancellations;
    private boolean begun;
    private boolean ended;

    /** The handler's own task if {@code parent} is null, otherwise a branch of that task. */
    protected Task(@Nullable Task parent) {
        this.parent = parent;
        if (parent == null) {
            path = new int[0];
            begun = true;
        } else {
            path = Arrays.copyOf(parent.path, parent.path.length + 1);
            path[parent.path.length] = parent.forked++;
            parent.branches.add(this);
        }
    }

    /** Gives it the baton: it continues in {@link #pause}, or begins. Called by the task that has the baton. */
    protected abstract void resume();

    /** Waits on its own thread until it has the baton. */
    protected abstract void pause();

    /**
     * Its position among its parent's branches, after that of the parent; empty for the handler. The same in every
     * attempt.
     */
    public final List<Integer> path() {
        return Arrays.stream(path).boxed().toList();
    }

    /** Its name for people; empty for the handler. */
    public String label() {
        return "";
    }

    final @Nullable Task parent() {
        return parent;
    }

    /** Whether it is a branch. */
    public final boolean isBranch() {
        return parent != null;
    }

    /** The branches that have not ended, in the order in which they were forked. */
    public final List<Task> branches() {
        return List.copyOf(branches);
    }

    final boolean hasBranches() {
        return !branches.isEmpty();
    }

    /**
     * The first one to be unwound among this task and those below it: branches come before the tasks that forked them.
     */
    final Task firstToUnwind() {
        Task first = this;
        while (first.hasBranches()) {
            first = first.branches.first();
        }
        return first;
    }

    /** Its code has returned or thrown, or will never begin. */
    final void end() {
        ended = true;
        if (parent != null) {
            parent.branches.remove(this);
            // A branch of an ended task continues, and becomes one of the nearest that is left, ordered by path.
            branches.forEach(branch -> branch.parent = parent);
            parent.branches.addAll(branches);
            branches.clear();
        }
    }

    final boolean hasEnded() {
        return ended;
    }

    final boolean hasBegun() {
        return begun;
    }

    final void begin() {
        begun = true;
    }

    // -- what it waits for

    final @Nullable Wait currentWait() {
        return wait;
    }

    final void stand(@Nullable Wait in) {
        wait = in;
    }

    /** The functions of promises that run on it, innermost first. */
    final Deque<PromiseNode<?>> functions() {
        return functions;
    }

    /** Work that other tasks have found for it: functions of promises that it created. */
    final Queue<Arrival> jobs() {
        return jobs;
    }

    // -- its turn

    final boolean isQueued() {
        return queued;
    }

    final void queued(boolean isQueued) {
        queued = isQueued;
    }

    /** It has had its turn, and has the baton for itself. */
    final void schedule() {
        scheduled = true;
    }

    /** Whether it has had its turn since the last call; if not, it was resumed to work for others. */
    final boolean takeSchedule() {
        boolean mine = scheduled;
        scheduled = false;
        return mine;
    }

    // -- cancellation

    /** Throws it out of the await in which it stands, or out of the next one that has to wait. */
    final void cancel() {
        if (wait == null || queued || !begun) {
            cancellations++;
        } else {
            interrupted = true;
        }
    }

    /** Whether it must leave its current await; asked only once. */
    final boolean takeInterruption() {
        boolean mine = interrupted;
        interrupted = false;
        return mine;
    }

    final boolean isInterrupted() {
        return interrupted;
    }

    /** Whether a cancellation is left that no await has thrown. */
    final boolean isToBeCancelled() {
        return cancellations > 0;
    }

    /** Takes a cancellation that no await has thrown yet; returns whether there was one. */
    final boolean takeCancellation() {
        if (cancellations == 0) {
            return false;
        }
        cancellations--;
        return true;
    }

    /**
     * The operations that a branch has begun and that have not settled, in order. The handler's are not kept, because
     * they are not cancelled with it.
     */
    final Collection<PromiseNode<?>> begunByBranch() {
        return begunByBranch.values();
    }

    final void begins(PromiseNode<?> node) {
        if (isBranch()) {
            begunByBranch.put(node.serial(), node);
        }
    }

    final void settled(PromiseNode<?> node) {
        if (isBranch()) {
            begunByBranch.remove(node.serial());
        }
    }

    /** The order of forking: the handler first, a task before its branches. */
    @Override
    public final int compareTo(Task other) {
        return Arrays.compare(path, other.path);
    }
}
