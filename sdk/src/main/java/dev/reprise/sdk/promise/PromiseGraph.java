package dev.reprise.sdk.promise;

import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.RestatePromise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The promises of one attempt, and the notifications that nobody has asked for yet. Used by the attempt's thread only.
 *
 * <p>Waiting is a loop: tell those promises that something settled, and when all are told and the awaited one is still
 * open, take one more notification. A function that awaits something itself does so in a loop inside the loop; the outer
 * one hands over what it had in hand and picks it up again.
 *
 * <p>The signals of a name form a queue of which each promise takes one, and only while it is awaited: who was given up
 * must not take what another waits for. So the promise of a signal counts, as a function does, among those that are not
 * pure. At the beginning of a waiting its turn is put on the agenda for the instant at which the first of its queue came;
 * when that is reached, it takes it, unless it is not awaited any more.
 */
public final class PromiseGraph {
    /** The graph of the handler that runs on this thread; set by {@link #run} alone. */
    private static final ThreadLocal<@Nullable PromiseGraph> CURRENT = new ThreadLocal<>();

    private static final PromiseGraph NOWHERE = new PromiseGraph(new Outside());

    /** What a graph needs from its attempt. */
    public interface Waiting {
        /** Throws unless the caller is the handler's thread and the attempt still runs. */
        void checkAccess();

        /** Waits for the next notification and {@linkplain #deliver delivers} it, while {@code root} is awaited. */
        void takeNext(PromiseNode<?> root);

        /** A timer of the engine. */
        RestatePromise<?> timer(Duration duration);
    }

    private final Waiting waiting;
    private final Map<NotificationId, List<PromiseNode<?>>> expecting = new HashMap<>();
    private final Map<NotificationId, Result> unclaimed = new HashMap<>();
    private final SignalQueues queues = new SignalQueues();
    private final PriorityQueue<Arrival> agenda = new PriorityQueue<>();
    private long now;
    private long serials;
    private long waitings;
    /** Whether something has settled since it was looked who takes part in the waiting. */
    private boolean outdated;

    public PromiseGraph(Waiting waiting) {
        this.waiting = waiting;
    }

    /** Runs a handler on this thread, whose promises are this graph's. */
    public void run(Runnable handler) {
        CURRENT.set(this);
        try {
            handler.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** A promise that settles with the notification of {@code id}. */
    public <T extends @Nullable Object> RestatePromise<T> promise(NotificationId id, Decoder<T> decoder) {
        checkAccess();
        return expect(id, decoder, new PromiseNode<>(this, new Rule.Single<>(id, decoder)));
    }

    /** The promise of a call's result. */
    public <T extends @Nullable Object> PendingCall<T> call(
            NotificationId id, Decoder<T> decoder, InvocationHandle invocation) {
        checkAccess();
        return expect(id, decoder, new PendingCall<>(this, id, decoder, invocation));
    }

    private <T extends @Nullable Object, N extends PromiseNode<T>> N expect(
            NotificationId id, Decoder<T> decoder, N node) {
        if (id.recurs()) {
            return node;
        }
        Result early = unclaimed.remove(id);
        if (early == null) {
            expecting.computeIfAbsent(id, key -> new ArrayList<>(1)).add(node);
        } else {
            node.settle(outcome(early, decoder), now, this);
        }
        return node;
    }

    /** Takes the next notification of the journal. Between two of them, everything awaited has seen the first. */
    public void deliver(NotificationId id, Result result) {
        now++;
        if (id.recurs()) {
            queues.add(id, now, result);
            waitings++;
            return;
        }
        List<PromiseNode<?>> nodes = expecting.remove(id);
        if (nodes == null) {
            unclaimed.putIfAbsent(id, result);
        } else {
            nodes.forEach(node -> settle(node, result, now));
        }
    }

    private <T extends @Nullable Object> void settle(PromiseNode<T> node, Result result, long instant) {
        if (node.rule() instanceof Rule.Single<T> single) {
            node.settle(outcome(result, single.decoder()), instant, this);
        }
    }

    private static <T extends @Nullable Object> Outcome<T> outcome(Result result, Decoder<T> decoder) {
        return result instanceof Result.Failed(var failure)
                ? new Outcome.Rejected<>(Failures.exception(failure))
                : new Outcome.Fulfilled<>(() -> decoder.decode(result));
    }

    /** Waits until {@code root} is reached. */
    void await(PromiseNode<?> root) {
        checkAccess();
        if (root.isReached()) {
            return;
        }
        putAway();
        try {
            long mine = awaken(root);
            while (!root.isReached()) {
                Arrival next = agenda.poll();
                if (next == null) {
                    waiting.takeNext(root);
                } else if (next.turn() != null) {
                    takeTurn(next, next.turn());
                } else {
                    next.node().arrive(next, this);
                    outdated = true;
                }
                if (waitings != mine && !root.isReached()) {
                    mine = awaken(root);
                }
            }
        } finally {
            putAway();
            waitings++;
        }
    }

    /** Lets the promises below {@code root} that contain functions take part, with what has reached them before. */
    private long awaken(PromiseNode<?> root) {
        waitings++;
        outdated = false;
        List<PromiseNode<?>> queued = new ArrayList<>();
        List<PromiseNode<?>> found = new ArrayList<>();
        found.add(root);
        while (!found.isEmpty()) {
            PromiseNode<?> node = found.removeLast();
            if (node.isPure() || node.isSettled() || node.awakeIn() == waitings) {
                continue;
            }
            if (node.isDeciding()) {
                throw new IllegalStateException("a function given to map or recover awaits its own result");
            }
            node.awake(waitings);
            agenda.addAll(node.emptyInbox());
            if (firstOfQueue(node) != null) {
                queued.add(node);
            }
            found.addAll(node.children());
        }
        queued.forEach(this::putTurn);
        return waitings;
    }

    private void putTurn(PromiseNode<?> node) {
        SignalQueues.Arrived first = firstOfQueue(node);
        if (first != null) {
            agenda.add(node.turn(first.instant(), waitings));
        }
    }

    /** What a promise can take from its queue; null if there is nothing, or it is of no queue. */
    private SignalQueues.@Nullable Arrived firstOfQueue(PromiseNode<?> node) {
        return node.rule() instanceof Rule.Single<?> single && !node.isSettled() ? queues.peek(single.id()) : null;
    }

    /**
     * Lets the promise of a signal take the first of its queue. When something has settled since it was asked who is
     * awaited, then what this settles at the same instant comes first, and then it is asked again.
     */
    private void takeTurn(Arrival turn, PromiseNode<?> node) {
        SignalQueues.Arrived first = firstOfQueue(node);
        if (first == null || node.awakeIn() != waitings) {
            return;
        }
        if (outdated && turn.isLastTurn()) {
            waitings++;
        } else if (outdated) {
            agenda.add(Arrival.lastTurn(turn.instant(), node));
        } else if (first.instant() > turn.instant()) {
            putTurn(node);
        } else {
            takeQueued(node);
        }
    }

    /** The promise of a signal that is awaited takes the first of its queue, if there is one. */
    void takeQueued(PromiseNode<?> node) {
        SignalQueues.Arrived first = firstOfQueue(node);
        if (first != null && node.rule() instanceof Rule.Single<?> single) {
            queues.remove(single.id());
            settle(node, first.result(), Math.max(first.instant(), node.createdAt()));
        }
    }

    /** Tells who needs no waiting, and leaves the rest where a later waiting finds it. */
    private void putAway() {
        waitings++;
        for (Arrival next = agenda.poll(); next != null; next = agenda.poll()) {
            if (next.node().isPure()) {
                next.node().arrive(next, this);
            } else if (next.turn() == null) {
                next.node().addToInbox(next);
            }
        }
    }

    /** Something a promise is made of has settled. */
    void announce(Arrival arrival) {
        PromiseNode<?> node = arrival.node();
        if (node.isSettled()) {
            return;
        }
        if (node.isPure() || node.awakeIn() == waitings) {
            agenda.add(arrival);
        } else {
            node.addToInbox(arrival);
        }
    }

    /** The instant of the last notification; 0 before the first. */
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

    /** The graph of promises of these two; null if both belong to none. */
    static @Nullable PromiseGraph common(@Nullable PromiseGraph one, @Nullable PromiseGraph other) {
        if (one == null || other == null || one == other) {
            return one == null ? other : one;
        }
        throw new IllegalArgumentException(
                "Expected the promises of one handler, found those of two invocations. Combine only what this"
                        + " handler's context gave.");
    }

    /** The graph that waits for a promise of {@code graph}; for one that belongs to none, that of this thread. */
    static PromiseGraph responsibleFor(@Nullable PromiseGraph graph) {
        return graph == null ? Objects.requireNonNullElse(CURRENT.get(), NOWHERE) : graph;
    }

    /** There is no handler on this thread. */
    private static final class Outside implements Waiting {
        @Override
        public void checkAccess() {}

        @Override
        public void takeNext(PromiseNode<?> root) {
            throw new IllegalStateException("this promise never settles, and there is no handler to wait in");
        }

        @Override
        public RestatePromise<?> timer(Duration duration) {
            throw new IllegalStateException("a timeout needs a handler whose journal it is recorded in");
        }
    }
}
