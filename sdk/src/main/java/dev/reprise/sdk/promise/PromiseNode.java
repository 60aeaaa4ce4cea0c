package dev.reprise.sdk.promise;

import dev.reprise.protocol.Result;
import dev.reprise.sdk.All;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.explore.PromiseUses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The only implementation of a promise: its position in the graph, and its outcome once it has settled. */
public sealed class PromiseNode<T extends @Nullable Object> extends AwaitedNode implements RestatePromise<T>
        permits PendingBranch, PendingCall, PendingChoice {
    private final @Nullable PromiseGraph graph;
    private final Rule<T> rule;
    private final List<PromiseNode<?>> children;
    private final int height;
    private final boolean pure;
    private final long createdAt;
    private final long serial;
    private final @Nullable Task creator;
    /** Gives up the operation behind this; null if nothing has to be done. */
    private final @Nullable Runnable abandonment;

    private List<Arrival> inbox = List.of();
    private @Nullable Outcome<T> outcome;
    private long settledAt;
    private int wants;
    private boolean observed;
    /** Whether an await has passed here, so that what it is made of is observed as well. */
    private boolean seen;

    private boolean cancelsLosers;
    private @Nullable Task decider;

    /** A promise that waits for a notification, or for the end of a branch. */
    PromiseNode(PromiseGraph graph, Rule<T> rule, @Nullable Task creator, @Nullable Runnable abandonment) {
        this.graph = graph;
        this.rule = rule;
        this.children = List.of();
        this.height = 0;
        this.pure = !isForQueue();
        this.createdAt = graph.now();
        this.serial = graph.nextSerial();
        this.creator = creator;
        this.abandonment = abandonment;
        if (creator != null) {
            creator.begins(this);
        }
        graph.uses().made(serial, rule instanceof Rule.Single<T> single ? single.id() : null);
    }

    /** A promise that has settled and belongs to no graph. */
    PromiseNode(Outcome<T> outcome) {
        this.graph = null;
        this.rule = new Rule.Constant<>();
        this.children = List.of();
        this.height = 0;
        this.pure = true;
        this.createdAt = 0;
        this.serial = 0;
        this.creator = null;
        this.abandonment = null;
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
            allPure &= child.pure || child.hasOutcome();
        }
        if (common != null) {
            common.checkAccess();
        }
        this.graph = common;
        this.height = checkedHeight(highest + 1);
        this.pure = allPure && !rule.runsFunction();
        this.createdAt = common == null ? 0 : common.now();
        this.serial = common == null ? 0 : common.nextSerial();
        this.creator = common == null ? null : common.current();
        this.abandonment = null;
        this.outcome = rule.atFirst(this);
        this.settledAt = createdAt;
        if (common != null) {
            common.uses().made(serial, null);
            for (PromiseNode<?> child : children) {
                common.uses().read(child.serial);
            }
        }
        register();
    }

    /** The node of a promise: the promise itself, or the one that it wraps. */
    @SuppressWarnings("unchecked") // every permitted type of promise is a node or wraps one
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

    /** Hears of its parts: of those that have settled at once or, if functions are involved, when it is awaited. */
    private void register() {
        for (int i = 0; i < children.size(); i++) {
            PromiseNode<?> child = children.get(i);
            if (!child.hasOutcome()) {
                child.addParent(new Parent(this, i));
            } else if (!pure) {
                addToInbox(new Arrival(createdAt, this, i));
            } else if (outcome == null) {
                decide(i);
                settledAt = createdAt;
            }
        }
    }

    /**
     * The turn of this promise to use what has arrived for it at {@code instant}: before the first of its parents sees
     * that.
     */
    Arrival turn(long instant) {
        long earliest = Math.max(instant, createdAt);
        return parents().stream()
                .filter(parent -> parent.node().isWanted() && !parent.node().hasOutcome())
                .map(parent ->
                        new Arrival(Math.max(earliest, parent.node().createdAt), parent.node(), parent.index(), this))
                .min(Comparator.naturalOrder())
                .orElseGet(() -> Arrival.lastTurn(earliest, this));
    }

    void addToInbox(Arrival arrival) {
        if (inbox.isEmpty()) {
            inbox = new ArrayList<>();
        }
        inbox.add(arrival);
        if (graph != null) {
            graph.uses().changed(serial);
            graph.uses().changed(PromiseUses.FUNCTIONS);
        }
    }

    List<Arrival> emptyInbox() {
        List<Arrival> all = inbox;
        inbox = List.of();
        return all;
    }

    /** Hears of one part; its outcome may be known now. */
    private void decide(int index) {
        PromiseNode<?> child = children.get(index);
        Rule.Combining<T> combining = (Rule.Combining<T>) rule;
        if (combining.isBrokenByOthers() && child.outcome instanceof Outcome.Broken<?>(Throwable cause)) {
            outcome = new Outcome.Broken<>(cause);
            return;
        }
        outcome = combining.afterSettling(this, index, child);
    }

    /** Hears of one part at an instant; if that settles it, {@code agenda} hears about its parents. */
    void arrive(Arrival arrival, Agenda agenda) {
        if (outcome == null) {
            decide(arrival.index());
            tellOfUse();
            if (outcome != null) {
                settled(arrival.instant(), agenda);
            } else if (isReached()) {
                agenda.reached(this);
            }
        }
    }

    private void tellOfUse() {
        if (graph == null) {
            return;
        }
        if (runsFunction()) {
            graph.uses().changed(PromiseUses.CODE);
        }
        if (rule instanceof Rule.Combining<T> combining && combining.counts() && outcome == null) {
            graph.uses().counted(serial);
        } else {
            graph.uses().changed(serial);
        }
    }

    /** Settles a promise without parts, or a cancelled one, at an instant that is not before its creation. */
    void settle(Outcome<T> newOutcome, long instant, Agenda agenda) {
        outcome = newOutcome;
        settled(instant, agenda);
    }

    /** Settles a promise that waits for a notification, which has arrived. */
    void settleWith(Result result, long instant, Agenda agenda) {
        if (rule instanceof Rule.Single<T>(var ignored, Decoder<T> decoder) && outcome == null) {
            settle(Outcome.of(result, decoder), instant, agenda);
        }
    }

    private void settled(long instant, Agenda agenda) {
        settledAt = instant;
        if (graph != null) {
            graph.uses().changed(serial);
            if (outcome instanceof Outcome.Rejected<T>) {
                graph.uses().changed(PromiseUses.FAILURES);
            }
        }
        agenda.settled(this);
        if (creator != null) {
            creator.settled(this);
        }
        agenda.reached(this);
        for (Parent parent : takeParents()) {
            PromiseNode<?> node = parent.node();
            agenda.announce(new Arrival(Math.max(settledAt, node.createdAt), node, parent.index()));
        }
        if (cancelsLosers && graph != null) {
            graph.abandonBelow(this);
        }
        afterSettling();
    }

    /** The further effects of its settling. */
    void afterSettling() {}

    /** Whether there is no need to wait for it any longer. */
    boolean isReached() {
        return outcome != null || (rule instanceof CompletionOrder<?> order && order.isReached());
    }

    /** Waits until there is no need to wait any longer, which may be before it settles. */
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

    /** Whether it is up to date without being awaited, because no function and no queue is involved. */
    boolean isPure() {
        return pure;
    }

    long createdAt() {
        return createdAt;
    }

    /** The instant at which it settled. */
    long settledAt() {
        return settledAt;
    }

    /** Whether it has a user's function. */
    boolean runsFunction() {
        return rule instanceof Rule.Combining<T> combining && combining.runsFunction();
    }

    /** Whether it waits for the next of several notifications with one id. */
    boolean isForQueue() {
        return rule instanceof Rule.Single<T> single && single.id().recurs();
    }

    /** The task that made it; null if it belongs to no graph or to nobody. */
    @Nullable
    Task creator() {
        return creator;
    }

    /** The task that is running its function; null if none is. */
    @Nullable
    Task decider() {
        return decider;
    }

    void decider(@Nullable Task task) {
        decider = task;
    }

    /** One more needs it; returns whether that is the first. */
    boolean wanted() {
        tellOfQueue();
        return wants++ == 0;
    }

    /** One less needs it; returns whether that was the last. */
    boolean unwanted() {
        tellOfQueue();
        return wants > 0 && --wants == 0;
    }

    private void tellOfQueue() {
        if (graph != null && isForQueue()) {
            graph.uses().changed(serial);
        }
    }

    boolean isWanted() {
        return wants > 0;
    }

    // -- its fate

    /** Whether somebody has seen how it ended, or has given it up. */
    boolean isObserved() {
        return observed;
    }

    void observed() {
        observed = true;
    }

    boolean isSeen() {
        return seen;
    }

    void seen() {
        seen = true;
        observed = true;
    }

    /** It is made of something more, which no await has passed yet. */
    private void unsee() {
        if (seen) {
            seen = false;
            parents().forEach(parent -> parent.node().unsee());
        }
    }

    /** Gives up the operation behind it. */
    void abandon() {
        if (abandonment != null) {
            abandonment.run();
        }
    }

    /** Cancels the parts that have not settled once this promise has settled. */
    void setCancelsLosers() {
        cancelsLosers = true;
        if (outcome != null && graph != null) {
            graph.cancelLosersOf(this);
        }
    }

    @Override
    public void cancel() {
        if (graph != null) {
            graph.cancel(this);
        }
    }

    /** Whether its outcome is known; a function's is not before the function has run. */
    boolean hasOutcome() {
        return outcome != null;
    }

    @Override
    public boolean isSettled() {
        if (graph != null) {
            graph.asked(this);
        }
        return outcome != null || (runsFunction() && children.getLast().isSettled());
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
        return hasOutcome() ? result() : orTimeout(timeout).await();
    }

    /** Adds one more part. */
    void join(PromiseNode<?> further) {
        children.add(further);
        further.addParent(new Parent(this, children.size() - 1));
        unsee();
        if (graph != null) {
            graph.joined(this, further);
        }
    }

    @Override
    public <R extends @Nullable Object> RestatePromise<R> then(
            Function<? super T, ? extends RestatePromise<? extends R>> function) {
        return new PromiseNode<>(
                new Rules.Then<T, R>(Objects.requireNonNull(function, "the function of then")), List.of(this));
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
