package dev.reprise.sdk.promise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Decides which task has its turn. Tasks that can continue form one queue: those that one notification made ready enter
 * it in the order of forking, and a new branch enters at its end. No notification is taken while the queue is not
 * empty, so the journal alone decides who runs when.
 *
 * <pre>
 *   fork ──► queued ──► has the baton ──► stands in an await ──► queued …
 *                             │
 *                             └─► ended
 * </pre>
 */
final class Schedule {
    private final Queue<Task> queue = new ArrayDeque<>();
    private final List<Task> madeReady = new ArrayList<>();
    private Task current;

    Schedule(Task handler) {
        this.current = handler;
    }

    /** The task that has the baton. */
    Task current() {
        return current;
    }

    /** A new branch, or a cancelled one, gets its turn after those that are waiting for theirs. */
    void enqueue(Task task) {
        flush();
        if (!task.isQueued()) {
            task.queued(true);
            queue.add(task);
        }
    }

    /** {@code node} is decided: the tasks that await it can continue, once everything of this instant is done. */
    void reached(PromiseNode<?> node) {
        for (Wait wait : node.waits()) {
            Task task = wait.task();
            if (wait.equals(task.currentWait()) && !task.isQueued()) {
                task.queued(true);
                madeReady.add(task);
            }
        }
    }

    /** Everything of one instant has been done. */
    void flush() {
        if (!madeReady.isEmpty()) {
            Collections.sort(madeReady);
            queue.addAll(madeReady);
            madeReady.clear();
        }
    }

    /** The task whose turn it is; null if none can continue. */
    @Nullable
    Task next() {
        flush();
        for (Task task = queue.poll(); task != null; task = queue.poll()) {
            task.queued(false);
            if (canGoOn(task)) {
                task.schedule();
                return task;
            }
        }
        return null;
    }

    /**
     * An await that was decided may be out of date: a function that runs on the task may be awaiting something else by
     * now.
     */
    private static boolean canGoOn(Task task) {
        Wait wait = task.currentWait();
        return !task.hasEnded()
                && (!task.hasBegun()
                        || task.isInterrupted()
                        || (wait != null && wait.root().isReached()));
    }

    /** Hands the baton to {@code next} and waits on the current task's thread until it is back. */
    void switchTo(Task next) {
        Task from = current;
        handOver(next);
        from.pause();
    }

    /** Hands the baton to {@code next}; the current task has no more to do with it. */
    void handOver(Task next) {
        current = next;
        next.begin();
        next.resume();
    }
}
