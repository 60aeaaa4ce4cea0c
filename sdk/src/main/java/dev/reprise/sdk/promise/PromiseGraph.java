package dev.reprise.sdk.promise;

import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.explore.PromiseUses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The promises of one attempt, the notifications that nobody has asked for yet, and the tasks that await promises. Used
 * by one thread at a time, that of the task that has the baton.
 *
 * <p>Each promise is a node: leaves stand for notifications and inner nodes for combinators, so a promise that is used
 * twice makes this a graph. It is a discrete-event simulation of the handler's own concurrency: notifications are taken
 * one at a time, in journal order, and everything that one of them settles is worked off before the next is taken.
 * Nothing else decides an order, which is why a replay with the same journal takes the same turns.
 *
 * <pre>
 *   notification ──► its leaf settles ──► the combinators above it settle
 *                                               │
 *                    Agenda: what to tell, instant by instant, in the order of settling
 *                                               │ runs map, then and listeners, which may make new promises
 *                                               ▼
 *                    Schedule: the tasks that this made ready, in the order of forking ──► the first gets the baton
 * </pre>
 *
 * <p>Each notification, each end of a branch and each cancellation is an instant: everything that it settles has
 * settled at the same time. {@link Arrival} fixes the order within an instant.
 */
public final class PromiseGraph {
    /** The graph of the handler that runs on this thread; set only by {@link #run}. */
    private static final ThreadLocal<@Nullable PromiseGraph> CURRENT = new ThreadLocal<>();

    /** What a graph needs from its attempt. */
    public interface Waiting {
        /** Throws unless the caller has the baton and the attempt is still running. */
        void checkAccess();

        /** Waits for the next notification and {@linkplain #deliver delivers} it. All tasks stand in awaits. */
        void takeNext();

        /** A timer of the engine. */
        RestatePromise<?> timer(Duration duration);
    }

    private final Waiting waiting;
    private final PromiseUses uses;
    private final Map<NotificationId, List<PromiseNode<?>>> expecting = new HashMap<>();
    private final Map<NotificationId, Result> unclaimed = new HashMap<>();
    private final Map<Long, PromiseNode<?>> unobserved = new LinkedHashMap<>();
    private final SignalQueues queues = new SignalQueues();
    private final Schedule schedule;
    private final Agenda agenda;
    private final Awaits awaits;
    private boolean observesEverything;
    private long now;
    private long serials;

    /** The promises of a handler whose own task is {@code handler}. */
    public PromiseGraph(Waiting waiting, Task handler) {
        this(waiting, handler, PromiseUses.NONE);
    }

    /** Like {@link #PromiseGraph(Waiting, Task)}; {@code uses} observes what is done with the promises. */
    public PromiseGraph(Waiting waiting, Task handler, PromiseUses uses) {
        this.waiting = waiting;
        this.uses = uses;
        this.schedule = new Schedule(handler);
        this.agenda = new Agenda(schedule, queues);
        this.awaits = new Awaits(waiting, schedule, agenda, handler);
    }

    /** Runs a task, whose promises belong to this graph, on this thread. */
    public void run(Runnable task) {
        CURRENT.set(this);
        try {
            task.run();
        } finally {
            CURRENT.remove();
        }
    }

    // -- single promises

    /** A promise that settles with the notification of {@code id}. */
    public <T extends @Nullable Object> RestatePromise<T> promise(NotificationId id, Decoder<T> decoder) {
        checkAccess();
        return expect(id, new PromiseNode<>(this, new Rule.Single<>(id, decoder), current(), null));
    }

    /** Like {@link #promise}, for something that stays known when the branch that asked for it is cancelled. */
    public <T extends @Nullable Object> RestatePromise<T> fact(NotificationId id, Decoder<T> decoder) {
        checkAccess();
        return expect(id, new PromiseNode<>(this, new Rule.Single<>(id, decoder), null, null));
    }

    /** The promise of a run's result. If it is cancelled, {@code abandonment} gives up the run. */
    public <T extends @Nullable Object> RestatePromise<T> ofRun(
            NotificationId id, Decoder<T> decoder, Runnable abandonment) {
        checkAccess();
        PromiseNode<T> node = new PromiseNode<>(this, new Rule.Single<>(id, decoder), current(), abandonment);
        unobserved.put(node.serial(), node);
        return expect(id, node);
    }

    /** The promise of a call's result. If it is cancelled, {@code abandonment} gives up the call. */
    public <T extends @Nullable Object> PendingCall<T> call(
            NotificationId id, Decoder<T> decoder, InvocationHandle invocation, PendingCall.Abandonment abandonment) {
        checkAccess();
        return expect(id, new PendingCall<>(this, new Rule.Single<>(id, decoder), invocation, abandonment));
    }

    private <T extends @Nullable Object, N extends PromiseNode<T>> N expect(NotificationId id, N node) {
        if (id.recurs()) {
            return node;
        }
        Result early = unclaimed.remove(id);
        if (early == null) {
            expecting.computeIfAbsent(id, key -> new ArrayList<>(1)).add(node);
        } else {
            node.settleWith(early, now, agenda);
        }
        return node;
    }

    /**
     * Takes the next notification of the journal. Everything awaited has seen one notification before the next is
     * taken.
     */
    public void deliver(NotificationId id, Result result) {
        now++;
        agenda.begin();
        if (id.recurs()) {
            queues.add(id, now, result);
            agenda.cameToQueue(id);
            return;
        }
        List<PromiseNode<?>> nodes = expecting.remove(id);
        if (nodes == null) {
            unclaimed.putIfAbsent(id, result);
        } else {
            nodes.forEach(node -> node.settleWith(result, now, agenda));
        }
    }

    // -- branches

    /**
     * The promise of a new branch, which begins when it gets its turn.
     *
     * @param abandonment gives up the branch when its promise is cancelled
     * @param whenSettled runs as soon as its promise has settled
     */
    public <T extends @Nullable Object> Branch<T> branch(
            Task task, String name, Runnable abandonment, Runnable whenSettled) {
        checkAccess();
        PendingBranch<T> node = new PendingBranch<>(this, task, name, abandonment, whenSettled);
        unobserved.put(node.serial(), node);
        schedule.enqueue(task);
        return node;
    }

    /** The task that has the baton. */
    public Task current() {
        return schedule.current();
    }

    /** Whether the current task is this one, or acts for it because it has ended. */
    public boolean isActing(Task task) {
        return Awaits.actingFor(task).equals(current());
    }

    /** A branch's code has returned: its promise is fulfilled, unless it was cancelled. */
    public <T extends @Nullable Object> void returned(Branch<T> branch, T value) {
        settle(PromiseNode.<T>of(branch), new Outcome.Fulfilled<>(() -> value));
    }

    /** A branch's code has failed for good: its promise is rejected, unless it was cancelled. */
    public <T extends @Nullable Object> void failed(Branch<T> branch, TerminalException reason) {
        settle(PromiseNode.<T>of(branch), new Outcome.Rejected<>(reason));
    }

    /** A promise that is fulfilled when {@link #ended} reports the end of a task. */
    public RestatePromise<@Nullable Void> endOf(Task task) {
        return awaits.endOf(this, task);
    }

    /** Waits until none of these branches is alive. A cancellation that arrives meanwhile is thrown afterwards. */
    public void awaitEnds(List<? extends Branch<?>> branches) {
        CancelledException cancelled = null;
        List<RestatePromise<?>> ends = ends(branches);
        while (!ends.isEmpty()) {
            try {
                awaitSettled(ends);
            } catch (CancelledException e) {
                cancelled = e;
            }
            ends = ends(branches);
        }
        if (cancelled != null) {
            throw cancelled;
        }
    }

    private List<RestatePromise<?>> ends(List<? extends Branch<?>> branches) {
        List<RestatePromise<?>> ends = new ArrayList<>();
        for (Branch<?> branch : branches) {
            if (PromiseNode.of(branch).rule() instanceof Rule.OfTask<?>(Task task) && !task.hasEnded()) {
                ends.add(endOf(task));
            }
        }
        return ends;
    }

    /** A task will not run any more. */
    public void ended(Task task) {
        PromiseNode<@Nullable Void> end = awaits.ended(task);
        if (end != null) {
            settle(end, new Outcome.Fulfilled<>(() -> null));
        }
    }

    private <T extends @Nullable Object> void settle(PromiseNode<T> node, Outcome<T> outcome) {
        if (!node.hasOutcome()) {
            now++;
            node.settle(outcome, now, agenda);
            agenda.tellPure();
        }
    }

    /** Decides which task runs. */
    public Awaits awaits() {
        return awaits;
    }

    // -- awaiting

    /** Waits until {@code root} is decided. */
    void await(PromiseNode<?> root) {
        checkAccess();
        uses.read(root.serial());
        if (!root.isReached()) {
            try {
                awaits.await(root);
            } finally {
                uses.read(root.serial());
                uses.changed(PromiseUses.CODE);
            }
        }
        observe(root);
    }

    /** Marks everything below {@code root} as observed: its awaiter has seen how it ended, or no longer wants to. */
    private void observe(PromiseNode<?> root) {
        if (unobserved.isEmpty() && !observesEverything) {
            return;
        }
        List<PromiseNode<?>> found = new ArrayList<>(List.of(root));
        while (!found.isEmpty()) {
            PromiseNode<?> node = found.removeLast();
            if (!node.isSeen()) {
                node.seen();
                unobserved.remove(node.serial());
                found.addAll(node.children());
            }
        }
    }

    /** Marks every kind of promise that is {@linkplain #isObserved observed}, not only those of runs and branches. */
    public void observeEverything() {
        observesEverything = true;
    }

    /** Whether an await of it, or of a promise made of it, is over, or it was cancelled. */
    public static boolean isObserved(RestatePromise<?> promise) {
        return PromiseNode.of(promise).isObserved();
    }

    /**
     * The runs and branches whose ends nobody has seen, in the order in which they began. What a living branch has
     * begun is left to that branch.
     */
    public List<RestatePromise<?>> unobserved() {
        List<RestatePromise<?>> ofNobody = new ArrayList<>();
        for (PromiseNode<?> node : unobserved.values()) {
            Task creator = node.creator();
            if (creator == null || !creator.isBranch() || creator.hasEnded()) {
                ofNobody.add(node);
            }
        }
        return ofNobody;
    }

    /** The first failure among promises that have settled, in the order of the journal; null if none failed. */
    public static @Nullable TerminalException firstFailure(List<RestatePromise<?>> promises) {
        TerminalException first = null;
        long instant = Long.MAX_VALUE;
        for (RestatePromise<?> promise : promises) {
            PromiseNode<?> node = PromiseNode.of(promise);
            if (node.settledAt() < instant && node.outcome() instanceof Outcome.Rejected<?>(TerminalException reason)) {
                first = reason;
                instant = node.settledAt();
            }
        }
        return first;
    }

    /** Waits until all have settled, whatever their outcomes. */
    public void awaitSettled(List<RestatePromise<?>> promises) {
        List<RestatePromise<Object>> all = new ArrayList<>();
        promises.forEach(promise -> all.add(PromiseNode.of(promise)));
        PromiseNode.of(Combinators.waitCompleted(all.size(), all)).awaitReached();
    }

    /** What the tasks await, in the order of forking. */
    public List<RestatePromise<?>> roots() {
        return List.copyOf(awaits.roots());
    }

    /** A description for people of what the tasks await; empty if it is a single notification. */
    public Optional<Awaited> describeWaits() {
        return awaits.describe();
    }

    /** The tree that tells the engine what the tasks await: any of {@code roots} lets one of them continue. */
    public static FutureTree treeOf(List<RestatePromise<?>> roots) {
        List<PromiseNode<?>> nodes = new ArrayList<>();
        roots.forEach(root -> nodes.add(PromiseNode.of(root)));
        nodes.removeIf(PromiseNode::hasOutcome);
        return AwaitTrees.of(nodes);
    }

    void takeQueued(PromiseNode<?> node) {
        agenda.takeQueued(node);
        agenda.tellPure();
    }

    // -- cancelling

    /** Gives up the promise and its parts, except those that something else needs. */
    void cancel(PromiseNode<?> node) {
        checkAccess();
        cancelAll(List.of(node));
    }

    /** Gives up several promises in order, each as {@link RestatePromise#cancel} does. */
    public void cancelAll(List<? extends RestatePromise<?>> promises) {
        now++;
        for (RestatePromise<?> promise : promises) {
            abandon(PromiseNode.of(promise), current());
        }
        agenda.tellPure();
    }

    /** Gives up what a branch has begun, except where something else needs it. */
    public void cancelBegunBy(Task task) {
        now++;
        for (PromiseNode<?> node : List.copyOf(task.begunByBranch())) {
            if (!(node.rule() instanceof Rule.OfTask<?>) && !node.isHadByOthersThan(task)) {
                abandon(node, task);
            }
        }
        agenda.tellPure();
    }

    private <T extends @Nullable Object> void abandon(PromiseNode<T> node, @Nullable Task by) {
        if (node.hasOutcome()) {
            return;
        }
        node.observed();
        unobserved.remove(node.serial());
        node.settle(new Outcome.Rejected<>(new PromiseCancelledException()), now, agenda);
        node.abandon();
        abandonBelow(node, by);
    }

    /** Cancels the losers of a combinator that is already decided. */
    void cancelLosersOf(PromiseNode<?> decided) {
        checkAccess();
        now++;
        abandonBelow(decided);
        agenda.tellPure();
    }

    /** A combinator that cancels its losers has been decided. */
    void abandonBelow(PromiseNode<?> node) {
        abandonBelow(node, null);
    }

    private void abandonBelow(PromiseNode<?> node, @Nullable Task by) {
        for (PromiseNode<?> child : node.children()) {
            if (!child.hasOutcome() && !child.isHadByOthers(by)) {
                abandon(child, by);
            }
        }
    }

    // -- called by its promises

    /** A promise gets one more part. */
    void joined(PromiseNode<?> node, PromiseNode<?> further) {
        uses.changed(node.serial());
        uses.read(further.serial());
        if (node.isWanted()) {
            agenda.want(further);
        }
    }

    PromiseUses uses() {
        return uses;
    }

    /** Code of a task uses a promise; uses while the task stands in an await are not its own code's. */
    void asked(PromiseNode<?> node) {
        if (current().currentWait() == null || !current().functions().isEmpty()) {
            uses.read(node.serial());
        }
    }

    /** The instant of the latest event; 0 before the first. */
    long now() {
        return now;
    }

    long nextSerial() {
        return serials++;
    }

    void checkAccess() {
        waiting.checkAccess();
    }

    RestatePromise<?> timer(Duration timeout) {
        return waiting.timer(timeout);
    }

    /** The graph to which two promises belong; null if both belong to none. */
    static @Nullable PromiseGraph common(@Nullable PromiseGraph one, @Nullable PromiseGraph other) {
        if (one == null || other == null || one == other) {
            return one == null ? other : one;
        }
        throw new IllegalArgumentException(
                "Expected the promises of one handler, found those of two invocations. Combine only what this"
                        + " handler's context gave.");
    }

    /** The graph that waits for a promise of {@code graph}; for a promise that belongs to none, that of this thread. */
    static PromiseGraph responsibleFor(@Nullable PromiseGraph graph) {
        return graph == null ? Objects.requireNonNullElseGet(CURRENT.get(), NoHandler::graph) : graph;
    }
}
