package dev.reprise.sdk.promise;

import dev.reprise.protocol.Awaited;
import dev.reprise.sdk.CancelledException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How tasks wait. A task that has the baton and cannot continue looks for what can happen: it tells promises what has
 * settled, hands the baton to the task whose turn it is and, if there is none, takes one more notification. So the
 * thread that waits for the engine is that of the task that stopped last; it runs the same loop as all others, and may
 * find that the turn is its own.
 *
 * <p>A function of {@code map}, {@code recover} and the like is part of the task that created its promise, and runs on
 * that task's thread inside the await in which the task stands. A function that awaits something itself runs a loop
 * inside that loop.
 */
public final class Awaits {
    private final PromiseGraph.Waiting waiting;
    private final Schedule schedule;
    private final Agenda agenda;
    private final Task handler;
    private final Map<Task, PromiseNode<@Nullable Void>> ends = new HashMap<>();
    /** Have yet to be thrown out of the await they have come to: others had to run functions first. */
    private final List<Task> overdue = new ArrayList<>();

    Awaits(PromiseGraph.Waiting waiting, Schedule schedule, Agenda agenda, Task handler) {
        this.waiting = waiting;
        this.schedule = schedule;
        this.agenda = agenda;
        this.handler = handler;
    }

    /** Waits until {@code root} is decided, or the task that awaits it is cancelled. */
    void await(PromiseNode<?> root) {
        Task task = schedule.current();
        refuseCircle(root, task);
        holdFunction(task);
        Wait outer = task.currentWait();
        if (outer != null) {
            agenda.release(outer.root());
        }
        Wait wait = new Wait(task, root, outer);
        task.stand(wait);
        root.addWait(wait);
        agenda.begin();
        agenda.want(root);
        try {
            stand(task, root);
        } finally {
            agenda.release(root);
            root.removeWait(wait);
            task.stand(outer);
            if (outer != null) {
                agenda.want(outer.root());
            }
        }
    }

    private void stand(Task task, PromiseNode<?> root) {
        while (true) {
            waiting.checkAccess();
            for (Arrival job = task.jobs().poll();
                    job != null;
                    job = task.jobs().poll()) {
                run(job, task);
            }
            if (task.takeSchedule()) {
                if (task.takeInterruption()) {
                    throw new CancelledException();
                }
                if (root.isReached()) {
                    return;
                }
            }
            if (tell(task)) {
                if (root.isReached()) {
                    schedule.reached(root);
                } else if (!task.isQueued() && task.takeCancellation()) {
                    throw new CancelledException();
                }
                cancelOverdue();
                goOn(task);
            }
        }
    }

    private void cancelOverdue() {
        for (Task task : overdue) {
            if (task.currentWait() != null && !task.isQueued() && task.takeCancellation()) {
                cancel(task);
            }
        }
        overdue.clear();
    }

    /** Lets everything happen that can. */
    private void goOn(Task task) {
        Task next = schedule.next();
        if (next == null) {
            waiting.takeNext();
        } else if (!next.equals(task)) {
            schedule.switchTo(next);
        }
    }

    /**
     * Tells promises what has settled; their functions run on the threads of the tasks that made them.
     *
     * @return false if another task had the baton meanwhile, so that anything may have happened
     */
    private boolean tell(Task task) {
        for (Arrival next = agenda.tell(); next != null; next = agenda.tell()) {
            Task owner = owner(next.node(), task);
            if (!owner.equals(task)) {
                owner.jobs().add(next);
                if (task.isToBeCancelled()) {
                    overdue.add(task);
                }
                schedule.switchTo(owner);
                return false;
            }
            run(next, task);
        }
        schedule.flush();
        return true;
    }

    /** The task that made a promise, or the one that acts for it. */
    private static Task owner(PromiseNode<?> node, Task asking) {
        return actingFor(node.creator() == null ? asking : node.creator());
    }

    /** A task itself or, once it has ended, the nearest living one of those in which it was forked. */
    static Task actingFor(Task task) {
        Task acting = task;
        while (acting.hasEnded() && acting.parent() != null) {
            acting = acting.parent();
        }
        return acting;
    }

    private void run(Arrival arrival, Task task) {
        PromiseNode<?> node = arrival.node();
        if (node.hasOutcome()) {
            return;
        }
        node.decider(task);
        task.functions().push(node);
        try {
            node.arrive(arrival, agenda);
        } finally {
            task.functions().pop();
            node.decider(null);
            agenda.unhold(node);
        }
    }

    private void holdFunction(Task task) {
        PromiseNode<?> function = task.functions().peek();
        if (function != null) {
            agenda.hold(function);
        }
    }

    /**
     * Refuses an await that could end only after itself: of the result of the task's own functions, or of its own end.
     */
    private void refuseCircle(PromiseNode<?> root, Task task) {
        if (root.children().isEmpty() && !(root.rule() instanceof Rule.OfTask<?>)
                || task.functions().isEmpty() && isHandlerAlone()) {
            return;
        }
        Set<PromiseNode<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<PromiseNode<?>> found = new ArrayList<>(List.of(root));
        while (!found.isEmpty()) {
            PromiseNode<?> node = found.removeLast();
            if (node.hasOutcome() || !seen.add(node)) {
                continue;
            }
            Task waitsFor = node.rule() instanceof Rule.OfTask<?>(Task branch) ? branch : node.decider();
            if (waitsFor == null) {
                found.addAll(node.children());
            } else if (waitsFor.equals(task)) {
                throw new IllegalStateException(
                        task.isBranch() && task.functions().isEmpty()
                                ? "a branch awaits its own end"
                                : "a function given to map or recover awaits its own result");
            } else if (waitsFor.currentWait() != null && !waitsFor.isInterrupted()) {
                found.add(waitsFor.currentWait().root());
            }
        }
    }

    /** What the tasks await, in the order of forking. */
    List<PromiseNode<?>> roots() {
        Wait only = handler.currentWait();
        if (isHandlerAlone() && only != null) {
            return List.of(only.root());
        }
        List<PromiseNode<?>> roots = new ArrayList<>();
        waits().forEach(wait -> roots.add(wait.root()));
        return roots;
    }

    /** A description for people of what the tasks await; empty if it is a single notification. */
    Optional<Awaited> describe() {
        return WaitDescription.of(waits());
    }

    private List<Wait> waits() {
        List<Wait> waits = new ArrayList<>();
        List<Task> found = new ArrayList<>(List.of(handler));
        while (!found.isEmpty()) {
            Task task = found.removeLast();
            Wait wait = task.currentWait();
            if (wait != null) {
                waits.add(wait);
            }
            found.addAll(task.branches().reversed());
        }
        return waits;
    }

    /** Whether no task but the handler is alive. */
    public boolean isHandlerAlone() {
        return !handler.hasBranches();
    }

    // -- cancelling

    /**
     * Throws every branch below {@code task} out of its await, inner branches first; one that has not begun never does.
     */
    public void cancelBelow(Task task) {
        for (Task branch : task.branches()) {
            cancelBelow(branch);
            cancel(branch);
        }
    }

    /** Throws a task out of the await in which it stands, or out of the next one that has to wait. */
    public void cancel(Task task) {
        task.cancel();
        if (task.isInterrupted()) {
            schedule.enqueue(task);
        }
    }

    /** Whether a branch was cancelled before it began; asked only once. */
    public boolean takeCancellation(Task task) {
        return task.takeCancellation();
    }

    // -- ending

    PromiseNode<@Nullable Void> endOf(PromiseGraph graph, Task task) {
        return ends.computeIfAbsent(task, ignored -> {
            PromiseNode<@Nullable Void> end = new PromiseNode<>(graph, new Rule.OfTask<>(task), null, null);
            if (task.hasEnded()) {
                end.settle(new Outcome.Fulfilled<>(() -> null), graph.now(), agenda);
            }
            return end;
        });
    }

    @Nullable
    PromiseNode<@Nullable Void> ended(Task task) {
        task.end();
        return ends.remove(task);
    }

    /** The current task has ended and passes the baton on, to the handler, which stands in an await. */
    public void leave() {
        schedule.handOver(handler);
    }

    /** The attempt is over, so branches that have not begun never do. */
    public void dropUnbegun() {
        dropUnbegun(handler);
    }

    private static void dropUnbegun(Task task) {
        for (Task branch : task.branches()) {
            if (branch.hasBegun()) {
                dropUnbegun(branch);
            } else {
                branch.end();
            }
        }
    }

    /**
     * The attempt is over: lets the current task continue only after those that are to be unwound before it have ended.
     */
    public void unwindOthersFirst() {
        Task first = handler.firstToUnwind();
        if (!first.equals(schedule.current())) {
            schedule.switchTo(first);
        }
    }

    /** The attempt is over and the current task has ended: hands the baton to the next one to be unwound. */
    public void unwindNext() {
        schedule.handOver(handler.firstToUnwind());
    }
}
