package dev.reprise.sdk.promise;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One flow of a handler's code: the handler itself or one of its branches. Of an attempt's tasks one runs at a time,
 * the one that has the baton; the others stand in an await, see {@link Schedule}. How the baton is handed from thread
 * to thread is the subclass's.
 *
 * <p>A task begins when it is scheduled for the first time and has ended when its code has returned or thrown. A branch
 * lives until then, also when its promise was cancelled before.
 */
public abstract class Task implements Comparable<Task> {
    private final int[] path;
    private final Map<Integer, Task> branches = new LinkedHashMap<>();
    private final Queue<Arrival> jobs = new ArrayDeque<>();
    private final Deque<PromiseNode<?>> functions = new ArrayDeque<>();
    private final Map<Long, PromiseNode<?>> begunByBranch = new LinkedHashMap<>();
    private @Nullable Task parent;
    private int place;
    private int forked;
    private @Nullable Wait wait;
    private boolean queued;
    private boolean scheduled;
    private boolean interrupted;
    private int cancellations;
    private boolean begun;
    private boolean ended;

    /** The handler's own task if {@code parent} is null, else a branch of that task. */
    protected Task(@Nullable Task parent) {
        this.parent = parent;
        if (parent == null) {
            path = new int[0];
            begun = true;
        } else {
            path = Arrays.copyOf(parent.path, parent.path.length + 1);
            path[parent.path.length] = parent.forked;
            parent.adopt(this);
        }
    }

    /** Gives it the baton: it goes on in {@link #pause}, or begins. Called by the task that has it. */
    protected abstract void resume();

    /** Waits on its own thread until it has the baton. */
    protected abstract void pause();

    /** Which branch it is of its parent, and that of its own; empty for the handler. The same in every attempt. */
    public final List<Integer> path() {
        return Arrays.stream(path).boxed().toList();
    }

    /** What it is called, for people; empty for the handler. */
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
        return List.copyOf(branches.values());
    }

    final boolean hasBranches() {
        return !branches.isEmpty();
    }

    /** The first to be unwound of this one and those below it: branches before what they are branches of. */
    final Task firstToUnwind() {
        Task first = this;
        while (first.hasBranches()) {
            first = first.branches.values().iterator().next();
        }
        return first;
    }

    /** Its code has returned or thrown, or will never begin. */
    final void end() {
        ended = true;
        if (parent != null) {
            parent.branches.remove(place);
            // A branch of an ended one goes on, and is a branch of what is left.
            branches.values().forEach(parent::adopt);
            branches.clear();
        }
    }

    private void adopt(Task branch) {
        branch.parent = this;
        branch.place = forked++;
        branches.put(branch.place, branch);
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

    /** The functions of promises that run on it, the innermost first. */
    final Deque<PromiseNode<?>> functions() {
        return functions;
    }

    /** What other tasks have found for it to do: functions of promises that it created. */
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

    /** It was its turn, and it has the baton for itself. */
    final void schedule() {
        scheduled = true;
    }

    /** Whether it was its turn since this was last asked; if not, it was resumed to work for others. */
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

    /** Whether it must leave its current await; asked once. */
    final boolean takeInterruption() {
        boolean mine = interrupted;
        interrupted = false;
        return mine;
    }

    final boolean isInterrupted() {
        return interrupted;
    }

    /** Whether a cancellation is left that no await has thrown; takes it. */
    final boolean takeCancellation() {
        if (cancellations == 0) {
            return false;
        }
        cancellations--;
        return true;
    }

    /**
     * What a branch has begun and what has not settled, in order. The handler's is not kept: it is not cancelled with
     * it.
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
