package dev.reprise.sdk.promise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Which task has its turn. Those that can go on form one queue: what one notification made ready enters it in the order
 * of forking, a new branch at its end. No notification is taken while the queue is not empty, so the journal alone
 * decides who runs when.
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

    /** A new branch, or one that was cancelled, has its turn after those that wait for theirs. */
    void enqueue(Task task) {
        flush();
        if (!task.isQueued()) {
            task.queued(true);
            queue.add(task);
        }
    }

    /** What {@code node} stands for is there: those that await it can go on, once what happened with it is complete. */
    void reached(PromiseNode<?> node) {
        for (Wait wait : node.waits()) {
            Task task = wait.task();
            if (wait.equals(task.currentWait()) && !task.isQueued()) {
                task.queued(true);
                madeReady.add(task);
            }
        }
    }

    /** What happened at one instant is complete. */
    void flush() {
        if (!madeReady.isEmpty()) {
            Collections.sort(madeReady);
            queue.addAll(madeReady);
            madeReady.clear();
        }
    }

    /** The task whose turn it is; null if none can go on. */
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

    /** What was reached may have been left behind: a function that runs on the task awaits something else by now. */
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

    /** Hands the baton to {@code next}; the current task has nothing more to do with it. */
    void handOver(Task next) {
        current = next;
        next.begin();
        next.resume();
    }
}
