package dev.reprise.sdk.promise;

import dev.reprise.protocol.NotificationId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which promises have to hear that one of their parts has settled, in order.
 *
 * <p>A promise that is not pure hears of it only while it is <em>wanted</em>: a task awaits it, or an unsettled promise
 * that is wanted is made of it. A promise that is not wanted finds the news in its inbox later.
 *
 * <p>A function that awaits something itself takes no time: its result has the instant at which it began. Until then
 * nothing later may decide the promises above it. They are <em>held</em>: news for them stay in their inboxes, and they
 * want nothing.
 */
final class Agenda {
    private final Schedule schedule;
    private final SignalQueues queues;
    private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>();
    private final List<PromiseNode<?>> waitingFunctions = new ArrayList<>();
    private final Set<PromiseNode<?>> held = new LinkedHashSet<>();
    private long instant;
    /** Whether any promise heard news since the tasks last stood still. */
    private boolean moved;

    Agenda(Schedule schedule, SignalQueues queues) {
        this.schedule = schedule;
        this.queues = queues;
    }

    /** The tasks stand still, so what comes now is a new beginning. */
    void begin() {
        moved = false;
    }

    /** A part of a promise has settled. */
    void announce(Arrival arrival) {
        PromiseNode<?> node = arrival.node();
        if (!node.hasOutcome()) {
            if (isTold(node)) {
                arrivals.add(arrival);
            } else {
                node.addToInbox(arrival);
            }
        }
    }

    private boolean isTold(PromiseNode<?> node) {
        return node.isPure() || (node.isWanted() && !held.contains(node));
    }

    /** Tells promises until the next one has a function, and returns that one; null when all have been told. */
    @Nullable
    Arrival tell() {
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            PromiseNode<?> node = next.node();
            if (next.instant() > instant) {
                schedule.flush();
                instant = next.instant();
            }
            if (next.turn() != null) {
                takeTurn(next, next.turn());
            } else if (!node.hasOutcome() && !isTold(node)) {
                node.addToInbox(next);
            } else if (!node.hasOutcome()) {
                moved = true;
                if (node.runsFunction() && next.index() == 0) {
                    return next;
                }
                node.arrive(next, this);
            }
        }
        return null;
    }

    /** Tells the promises for which nobody has to wait; called while a task is running. */
    void tellPure() {
        List<Arrival> others = new ArrayList<>();
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            if (next.node().isPure() && next.turn() == null) {
                next.node().arrive(next, this);
            } else {
                others.add(next);
            }
        }
        arrivals.addAll(others);
    }

    /** A promise has settled, or as much of it as is awaited. */
    void reached(PromiseNode<?> node) {
        schedule.reached(node);
    }

    // -- who is wanted

    /** One more task awaits it, or one more wanted promise is made of it. */
    void want(PromiseNode<?> node) {
        if (node.isPure() || node.hasOutcome() || !node.wanted()) {
            return;
        }
        if (isHeld(node)) {
            held.add(node);
        } else {
            activate(node);
        }
    }

    private void activate(PromiseNode<?> node) {
        arrivals.addAll(node.emptyInbox());
        if (node.isForQueue()) {
            queues.want(node);
            putTurn(node);
        }
        node.children().forEach(this::want);
    }

    /** One task or wanted promise less needs it. */
    void release(PromiseNode<?> node) {
        if (!node.isPure() && !node.hasOutcome() && node.unwanted()) {
            deactivate(node);
        }
    }

    private void deactivate(PromiseNode<?> node) {
        if (!held.remove(node)) {
            if (node.isForQueue()) {
                queues.release(node);
            }
            node.children().forEach(this::release);
        }
    }

    /** A promise that was wanted has settled, so it wants nothing any more. */
    void settled(PromiseNode<?> node) {
        if (node.isWanted()) {
            deactivate(node);
        }
    }

    // -- functions that await something themselves

    /** The function of {@code node} awaits something. */
    void hold(PromiseNode<?> node) {
        if (waitingFunctions.contains(node)) {
            return;
        }
        waitingFunctions.add(node);
        for (PromiseNode<?> above : node.above()) {
            if (above.isWanted() && !held.contains(above)) {
                deactivate(above);
                held.add(above);
            }
        }
    }

    /** The function of {@code node} has ended. */
    void unhold(PromiseNode<?> node) {
        waitingFunctions.remove(node);
        for (PromiseNode<?> above : List.copyOf(held)) {
            if (!isHeld(above)) {
                held.remove(above);
                activate(above);
            }
        }
    }

    private boolean isHeld(PromiseNode<?> node) {
        return waitingFunctions.stream().anyMatch(function -> function.above().contains(node));
    }

    // -- signals of one name

    /** A recurring signal has arrived. */
    void cameToQueue(NotificationId id) {
        queues.wanted(id).forEach(this::putTurn);
    }

    private void putTurn(PromiseNode<?> node) {
        SignalQueues.Arrived first = queues.firstFor(node);
        if (first != null) {
            arrivals.add(node.turn(first.instant()));
        }
    }

    /**
     * Lets the promise of a signal take the first one of its queue. If anything was told since the tasks stood still,
     * its effects at the same instant come first, because after them nobody may await the promise any more.
     */
    private void takeTurn(Arrival turn, PromiseNode<?> node) {
        SignalQueues.Arrived first = queues.firstFor(node);
        if (first == null || !node.isWanted()) {
            return;
        }
        if (moved && !turn.isLastTurn()) {
            arrivals.add(Arrival.lastTurn(turn.instant(), node));
        } else if (first.instant() > turn.instant()) {
            putTurn(node);
        } else {
            takeQueued(node);
        }
    }

    /** The promise of an awaited signal takes the first one of its queue, if there is one. */
    void takeQueued(PromiseNode<?> node) {
        SignalQueues.Arrived first = queues.firstFor(node);
        if (first != null && node.rule() instanceof Rule.Single<?> single) {
            queues.remove(single.id());
            node.settleWith(first.result(), Math.max(first.instant(), node.createdAt()), this);
        }
    }
}
