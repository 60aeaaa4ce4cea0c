package dev.reprise.sdk.promise;

import dev.reprise.sdk.All;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one implementation of a promise: its place in the graph, and its outcome once it has settled. */
public sealed class PromiseNode<T extends @Nullable Object> implements RestatePromise<T> permits PendingCall {
    private final @Nullable PromiseGraph graph;
    private final Rule<T> rule;
    private final List<PromiseNode<?>> children;
    private final int height;
    private final boolean pure;
    private final long createdAt;
    private final long serial;

    private List<Parent> parents = List.of();
    private List<Arrival> inbox = List.of();
    private @Nullable Outcome<T> outcome;
    private long settledAt;
    private long awakeIn;
    private boolean deciding;

    /** Who is told when this settles, and which of its arguments this is. */
    private record Parent(PromiseNode<?> node, int index) {}

    /** A promise that waits for a notification. */
    PromiseNode(PromiseGraph graph, Rule.Single<T> rule) {
        this.graph = graph;
        this.rule = rule;
        this.children = List.of();
        this.height = 0;
        this.pure = !rule.isForQueue();
        this.createdAt = graph.now();
        this.serial = graph.nextSerial();
    }

    /** A promise that is settled and belongs to no graph. */
    PromiseNode(Outcome<T> outcome) {
        this.graph = null;
        this.rule = new Rule.Constant<>();
        this.children = List.of();
        this.height = 0;
        this.pure = true;
        this.createdAt = 0;
        this.serial = 0;
        this.outcome = outcome;
    }

    /** A promise made of others. */
    PromiseNode(Rule.Combining<T> rule, List<? extends RestatePromise<?>> promises) {
        this.rule = rule;
        this.children = new ArrayList<>(promises.size());
        PromiseGraph common = null;
        int highest = -1;
        boolean allPure = true;
        for (RestatePromise<?> promise : promises) {
            PromiseNode<?> child = of(requirePromise(promise, children.size()));
            children.add(child);
            common = PromiseGraph.common(common, child.graph);
            highest = Math.max(highest, child.height);
            allPure &= child.pure || child.isSettled();
        }
        if (common != null) {
            common.checkAccess();
        }
        this.graph = common;
        this.height = checkedHeight(highest + 1);
        this.pure = allPure && !rule.runsFunction();
        this.createdAt = common == null ? 0 : common.now();
        this.serial = common == null ? 0 : common.nextSerial();
        this.outcome = rule.atFirst(this);
        this.settledAt = createdAt;
        register();
    }

    /** The node of a promise: itself, or what it wraps. */
    @SuppressWarnings("unchecked") // each type that a promise is permitted to be is a node or wraps one
    static <T extends @Nullable Object> PromiseNode<T> of(RestatePromise<? extends T> promise) {
        return (PromiseNode<T>) (promise instanceof All<?> all ? all.promise() : promise);
    }

    static RestatePromise<?> requirePromise(RestatePromise<?> promise, int index) {
        return Objects.requireNonNull(promise, () -> "Expected a promise at index " + index + ", found null.");
    }

    private static int checkedHeight(int height) {
        if (height > NESTING_MAX) {
            throw new IllegalArgumentException("Expected promises nested at most " + NESTING_MAX + " deep, found "
                    + height + ". Await some in between, or combine a list at once.");
        }
        return height;
    }

    /** Hears of its children: of those that have settled at once or, if functions are involved, when it is awaited. */
    private void register() {
        for (int i = 0; i < children.size(); i++) {
            PromiseNode<?> child = children.get(i);
            if (!child.isSettled()) {
                child.addParent(new Parent(this, i));
            } else if (!pure) {
                addToInbox(new Arrival(createdAt, this, i));
            } else if (outcome == null) {
                decide(i);
                settledAt = createdAt;
            }
        }
    }

    /** When it is this promise's turn to take what came for it at {@code instant}: before the first of the awaited sees it. */
    Arrival turn(long instant, long waiting) {
        long earliest = Math.max(instant, createdAt);
        return parents.stream()
                .filter(parent -> parent.node.awakeIn == waiting && !parent.node.isSettled())
                .map(parent -> new Arrival(Math.max(earliest, parent.node.createdAt), parent.node, parent.index, this))
                .min(Comparator.naturalOrder())
                .orElseGet(() -> Arrival.lastTurn(earliest, this));
    }

    private void addParent(Parent parent) {
        if (parents.isEmpty()) {
            parents = new ArrayList<>(2);
        }
        parents.add(parent);
    }

    void addToInbox(Arrival arrival) {
        if (inbox.isEmpty()) {
            inbox = new ArrayList<>();
        }
        inbox.add(arrival);
    }

    List<Arrival> emptyInbox() {
        List<Arrival> all = inbox;
        inbox = List.of();
        return all;
    }

    /** Hears of one child; its outcome may now be there. */
    private void decide(int index) {
        PromiseNode<?> child = children.get(index);
        Rule.Combining<T> combining = (Rule.Combining<T>) rule;
        if (combining.isBrokenByOthers() && child.outcome instanceof Outcome.Broken<?>(Throwable cause)) {
            outcome = new Outcome.Broken<>(cause);
            return;
        }
        deciding = true;
        try {
            outcome = combining.afterSettling(this, index, child);
        } finally {
            deciding = false;
        }
    }

    /** Hears of one child at an instant; tells {@code graph} about its parents if that settles it. */
    void arrive(Arrival arrival, PromiseGraph in) {
        if (outcome == null) {
            decide(arrival.index());
            if (outcome != null) {
                settledAt = arrival.instant();
                tellParents(in);
            }
        }
    }

    /** Settles a promise that waits for a notification, at an instant that is not before it was made. */
    void settle(Outcome<T> newOutcome, long instant, PromiseGraph in) {
        outcome = newOutcome;
        settledAt = instant;
        tellParents(in);
    }

    private void tellParents(PromiseGraph in) {
        List<Parent> told = parents;
        parents = List.of();
        for (Parent parent : told) {
            in.announce(new Arrival(Math.max(settledAt, parent.node.createdAt), parent.node, parent.index));
        }
    }

    boolean isSettled() {
        return outcome != null;
    }

    /** Whether waiting for it is over. */
    boolean isReached() {
        return outcome != null || (rule instanceof CompletionOrder<?> order && order.isReached());
    }

    /** Waits until waiting for it is over, which may be before it settles. */
    void awaitReached() {
        PromiseGraph.responsibleFor(graph).await(this);
    }

    @Nullable
    Outcome<T> outcome() {
        return outcome;
    }

    Rule<T> rule() {
        return rule;
    }

    List<PromiseNode<?>> children() {
        return children;
    }

    int height() {
        return height;
    }

    long serial() {
        return serial;
    }

    /** Whether no function is involved and no queue, so that it need not be awaited to be up to date. */
    boolean isPure() {
        return pure;
    }

    long createdAt() {
        return createdAt;
    }

    /** Whether its function is running right now. */
    boolean isDeciding() {
        return deciding;
    }

    /** The number of the waiting it takes part in. */
    long awakeIn() {
        return awakeIn;
    }

    void awake(long waiting) {
        awakeIn = waiting;
    }

    /** The value or the exception of a promise that has settled. */
    T result() {
        Outcome<T> settled = outcome;
        if (settled == null) {
            throw new IllegalStateException("the promise has not settled");
        }
        return settled.get();
    }

    @Override
    public T await() {
        awaitReached();
        return result();
    }

    @Override
    public T await(Duration timeout) {
        PromiseGraph responsible = PromiseGraph.responsibleFor(graph);
        responsible.checkAccess();
        responsible.takeQueued(this);
        return isSettled() ? result() : orTimeout(timeout).await();
    }

    @Override
    public <R extends @Nullable Object> RestatePromise<R> map(Function<? super T, ? extends R> function) {
        return new PromiseNode<>(
                new Rules.Mapped<T, R>(Objects.requireNonNull(function, "the function of map")), List.of(this));
    }

    @Override
    public RestatePromise<T> recover(Function<? super TerminalException, ? extends T> function) {
        return new PromiseNode<>(
                new Rules.Recovered<T>(Objects.requireNonNull(function, "the function of recover")), List.of(this));
    }

    @Override
    public RestatePromise<T> orTimeout(Duration timeout) {
        RestatePromise<?> timer = PromiseGraph.responsibleFor(graph).timer(timeout);
        return new PromiseNode<>(new Rules.TimeLimited<T>(timeout), List.of(this, timer));
    }

    /** The kind of promise and its state, for logs. */
    @Override
    public String toString() {
        return rule.getClass().getSimpleName() + (outcome == null ? " pending" : " " + outcome);
    }
}
