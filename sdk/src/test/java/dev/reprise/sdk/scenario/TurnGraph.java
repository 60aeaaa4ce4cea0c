package dev.reprise.sdk.scenario;

import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.scenario.TurnPromise.Ending;
import dev.reprise.sdk.scenario.TurnPromise.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The promises and tasks of the {@link TurnModel}: what settles when, who is ready, and what cancelling does.
 *
 * <p>A fault breaks one of the rules, so that a test can tell that somebody would notice.
 */
class TurnGraph {
    /** Rules to be broken. */
    enum Fault {
        NONE,
        /** What one notification made ready goes on in the order of awaiting. */
        READY_UNSORTED,
        /** A new branch goes on before those that are ready. */
        FORK_FIRST,
        /** A task is cancelled before its branches. */
        PARENTS_FIRST,
        /** Losers are cancelled from the last to the first. */
        LOSERS_BACKWARDS,
        /** A promise that another combinator has is cancelled with its losers. */
        LOSERS_OF_OTHERS,
        /** Being cancelled while it awaits counts as having seen. */
        CANCELLED_HAS_SEEN,
        /** What nobody has seen is not waited for. */
        UNSEEN_DROPPED,
        /** A task that is ready gets the exception in place of its value. */
        CANCELLED_THOUGH_READY,
        /** A branch that was cancelled before it began begins. */
        UNBEGUN_BEGINS,
        /** The calls of a cancelled invocation are cancelled from the last to the first. */
        CALLS_BACKWARDS,
        /** Awaiting what has settled moves the baton. */
        SETTLED_MOVES
    }

    private record Told(long at, TurnPromise promise, int index) {
        private static final Comparator<Told> ORDER = Comparator.comparingLong(Told::at)
                .thenComparingInt(told -> told.promise.height)
                .thenComparingInt(told -> told.promise.serial)
                .thenComparingInt(Told::index);
    }

    final Fault fault;
    final TurnTask handler = new TurnTask(null);
    final List<TurnPromise> made = new ArrayList<>();
    TurnTask current = handler;
    long now;
    private final List<TurnPromise> combined = new ArrayList<>();
    private final Deque<TurnTask> queue = new ArrayDeque<>();
    private final List<TurnTask> madeReady = new ArrayList<>();
    private long instant;

    TurnGraph(Fault fault) {
        this.fault = fault;
    }

    // -- tasks

    @Nullable
    TurnTask next() {
        flush();
        for (TurnTask task = queue.poll(); task != null; task = queue.poll()) {
            task.isQueued = false;
            boolean isReached = task.awaits != null && task.awaits.isOver();
            if (!task.hasEnded && (!task.hasBegun || task.isInterrupted || isReached)) {
                return task;
            }
        }
        return null;
    }

    void enqueue(TurnTask task, boolean first) {
        flush();
        if (!task.isQueued) {
            task.isQueued = true;
            if (first) {
                queue.addFirst(task);
            } else {
                queue.add(task);
            }
        }
    }

    void flush() {
        if (fault != Fault.READY_UNSORTED) {
            madeReady.sort(TurnTask.FORK_ORDER);
        }
        queue.addAll(madeReady);
        madeReady.clear();
    }

    void reached(TurnPromise promise) {
        for (TurnTask task : tasks()) {
            if (promise.equals(task.awaits) && !task.isQueued) {
                task.isQueued = true;
                madeReady.addFirst(task);
            }
        }
    }

    List<TurnTask> tasks() {
        List<TurnTask> all = handler.below();
        all.add(handler);
        return all;
    }

    void cancel(TurnTask task) {
        boolean isReady = task.isQueued && fault != Fault.CANCELLED_THOUGH_READY;
        if (task.awaits == null || isReady || !task.hasBegun) {
            task.cancellations++;
        } else {
            task.isInterrupted = true;
            enqueue(task, false);
        }
    }

    // -- promises

    /** A promise made of others by the task that runs. */
    TurnPromise combine(Kind kind, List<TurnPromise> children) {
        TurnPromise promise = new TurnPromise(kind, made.size(), now, current, children);
        made.add(promise);
        combined.add(promise);
        return promise;
    }

    /** What is made of others has all it needs: hears of those that have settled. */
    TurnPromise ready(TurnPromise promise) {
        for (int i = 0; promise.pure && i < promise.children.size() && !promise.isOver(); i++) {
            if (promise.children.get(i).isOver()) {
                promise.ending = promise.hear(i);
                promise.settledAt = promise.madeAt;
            }
        }
        return promise;
    }

    /** What settles when so many have. */
    TurnPromise settled(List<TurnPromise> promises) {
        return firstOf(promises.size(), promises);
    }

    TurnPromise firstOf(int count, List<TurnPromise> promises) {
        TurnPromise node = combine(Kind.COUNT, promises);
        node.needed = count;
        return ready(node);
    }

    void observe(TurnPromise promise) {
        promise.observed = true;
        promise.children.forEach(this::observe);
    }

    /** Whether the chain of waiting tasks leads back to one. */
    static boolean leadsTo(TurnPromise promise, TurnTask task, Set<TurnPromise> seen) {
        if (promise.isOver() || !seen.add(promise)) {
            return false;
        }
        TurnTask branch = promise.branch;
        if (branch != null) {
            return branch.equals(task)
                    || (branch.awaits != null && !branch.isInterrupted && leadsTo(branch.awaits, task, seen));
        }
        return promise.children.stream().anyMatch(child -> leadsTo(child, task, seen));
    }

    void settleNow(TurnPromise promise, Ending ending) {
        if (!promise.isOver()) {
            now++;
            settle(promise, ending, now);
            tell(false);
        }
    }

    void settle(TurnPromise promise, Ending ending, long at) {
        promise.ending = ending;
        promise.settledAt = at;
        if (promise.maker != null) {
            promise.maker.begun.remove(promise);
        }
        reached(promise);
        if (promise.cancelsLosers) {
            cancelBelow(promise, null);
        }
        if (promise.whenSettled != null) {
            promise.whenSettled.run();
        }
    }

    /** Tells promises of what they are made of: those without functions, or all that somebody awaits. */
    void tell(boolean all) {
        while (true) {
            Set<TurnPromise> wanted = new HashSet<>();
            if (all) {
                tasks().forEach(task -> want(task.awaits, wanted));
            }
            Told next = null;
            for (TurnPromise promise : combined) {
                if (promise.isOver() || !(promise.pure || wanted.contains(promise))) {
                    continue;
                }
                for (int i = 0; i < promise.children.size(); i++) {
                    TurnPromise child = promise.children.get(i);
                    Told told = new Told(Math.max(child.settledAt, promise.madeAt), promise, i);
                    boolean isNews = child.isOver() && !promise.heard.contains(i);
                    if (isNews && (next == null || Told.ORDER.compare(told, next) < 0)) {
                        next = told;
                    }
                }
            }
            if (next == null) {
                break;
            }
            if (all && next.at > instant) {
                flush();
                instant = next.at;
            }
            hear(next);
        }
        combined.removeIf(TurnPromise::isOver);
        if (all) {
            flush();
        }
    }

    private void hear(Told told) {
        TurnPromise promise = told.promise;
        if (promise.hasFunction() && told.index == 0) {
            current = Objects.requireNonNull(promise.maker).acting();
        }
        Ending ending = promise.hear(told.index);
        if (ending != null) {
            settle(promise, ending, told.at);
        }
    }

    private static void want(@Nullable TurnPromise promise, Set<TurnPromise> wanted) {
        if (promise != null && !promise.isOver() && wanted.add(promise)) {
            promise.children.forEach(child -> want(child, wanted));
        }
    }

    // -- cancelling

    /** Cancels promises in order. */
    void cancelAll(List<TurnPromise> promises) {
        now++;
        TurnTask by = current;
        List<TurnPromise> inOrder = fault == Fault.LOSERS_BACKWARDS ? promises.reversed() : promises;
        inOrder.forEach(promise -> cancel(promise, by));
        tell(false);
    }

    /** A combinator cancels its losers, at once if it is decided. */
    void cancelLosers(TurnPromise choice) {
        choice.cancelsLosers = true;
        if (choice.isOver()) {
            now++;
            cancelBelow(choice, null);
            tell(false);
        }
    }

    void giveUpBranch(TurnTask branch) {
        List<TurnTask> all = branch.below();
        all.add(branch);
        if (fault == Fault.PARENTS_FIRST) {
            all.sort(TurnTask.FORK_ORDER);
        }
        all.removeIf(task -> task.wasGivenUp);
        all.forEach(task -> task.wasGivenUp = true);
        all.forEach(this::cancel);
        for (TurnTask task : all) {
            cancelAll(List.of(Objects.requireNonNull(task.promise)));
            now++;
            for (TurnPromise begun : List.copyOf(task.begun)) {
                if (begun.branch == null && !isHadByOthersThan(task, begun)) {
                    cancel(begun, task);
                }
            }
            tell(false);
        }
    }

    private void cancel(TurnPromise promise, @Nullable TurnTask by) {
        if (promise.isOver()) {
            return;
        }
        promise.observed = true;
        settle(promise, new Ending.Failed(new PromiseCancelledException()), now);
        if (promise.givingUp != null) {
            promise.givingUp.run();
        }
        cancelBelow(promise, by);
    }

    private void cancelBelow(TurnPromise promise, @Nullable TurnTask by) {
        List<TurnPromise> below = new ArrayList<>(promise.children);
        if (fault == Fault.LOSERS_BACKWARDS) {
            below = below.reversed();
        }
        for (TurnPromise child : below) {
            if (fault == Fault.LOSERS_OF_OTHERS || !isHadByOthers(child, by)) {
                cancel(child, by);
            }
        }
    }

    /** Whether another task awaits it, or a combinator that is open has it. */
    private boolean isHadByOthers(TurnPromise promise, @Nullable TurnTask by) {
        return tasks().stream().anyMatch(task -> !task.equals(by) && promise.equals(task.awaits))
                || combined.stream().anyMatch(above -> !above.isOver() && above.children.contains(promise));
    }

    /** The same of a branch: what it has made of its own promises and nobody else has is its own matter. */
    private boolean isHadByOthersThan(TurnTask branch, TurnPromise promise) {
        return tasks().stream().anyMatch(task -> !task.equals(branch) && promise.equals(task.awaits))
                || combined.stream()
                        .anyMatch(above -> !above.isOver()
                                && above.children.contains(promise)
                                && (!branch.equals(above.maker) || isHadByOthersThan(branch, above)));
    }
}
