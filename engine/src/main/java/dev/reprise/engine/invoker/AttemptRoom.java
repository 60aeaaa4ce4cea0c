package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open attempts, and the queue of those that wait for room. Asks idle attempts to suspend, and cuts those that stay
 * silent after that.
 *
 * <pre>
 *                room              silent for the inactivity timeout,
 *   queued ───────────────► open   or idle longest while more than half of the room is taken
 *                             │ ────────────────────────────────────────────────────────────► asked
 *                             │ suspends, ends or fails                                         │
 *                             ▼                       suspends, or is silent for the abort      │
 *                           gone ◄───────────────── timeout as well, and is cut ────────────────┘
 * </pre>
 *
 * <p>Each open attempt has one entry in {@code checksInOrder}: the time when it has been silent for too long, if it
 * stays silent. A message does not move that entry, which would cost a tree operation per message. The check is made at
 * its time, finds that the attempt was active meanwhile, and moves itself then: lazy timers, as TCP stacks keep them.
 * Which attempts have been idle longest is the insertion order of {@code unasked}, where every message moves its
 * attempt to the end.
 *
 * <p>A slow service looks like an idle one. Suspending its attempts would make it start all of them again and become
 * slower still, so silence counts only once it exceeds several times the present reaction time (see
 * {@link ReactionTime}).
 */
final class AttemptRoom {
    /** When to look at an attempt again. It may have been active meanwhile: then there is nothing to do yet. */
    private record Check(long atMillis, long sequence, InvocationAttempt attempt) {}

    /** An attempt that has been silent for so long waits for more than its last step. */
    private static final long BETWEEN_STEPS_MILLIS = 100;

    /** Every service can serve so many attempts at once. */
    private static final int FEW = 16;

    private static final int REACTIONS = 4;
    private static final long PATIENCE_MAX_MILLIS = 10_000;

    private final int attemptsMax;
    private final LinkedHashMap<InvocationId, InvocationAttempt> open = new LinkedHashMap<>();
    /** Those that were not asked to suspend, the longest idle first. */
    private final LinkedHashMap<InvocationId, InvocationAttempt> unasked = new LinkedHashMap<>();

    private final LinkedHashMap<InvocationId, Check> checks = new LinkedHashMap<>();
    private final TreeSet<Check> checksInOrder =
            new TreeSet<>(Comparator.comparingLong(Check::atMillis).thenComparingLong(Check::sequence));
    private final Deque<AttemptId> queued = new ArrayDeque<>();
    private final ReactionTime reaction = new ReactionTime();
    private long sequence;

    AttemptRoom(int attemptsMax) {
        this.attemptsMax = attemptsMax;
    }

    boolean isFull() {
        return open.size() >= attemptsMax;
    }

    /** Whether no attempt is open. */
    boolean isEmpty() {
        return open.isEmpty();
    }

    void queue(AttemptId attempt) {
        queued.add(attempt);
    }

    boolean isQueueEmpty() {
        return queued.isEmpty();
    }

    /** Whether an attempt waits and there is room for it. */
    boolean mayPollQueued() {
        return !isFull() && !queued.isEmpty();
    }

    /** The attempt that has waited longest. */
    AttemptId pollQueued() {
        return queued.remove();
    }

    void add(InvocationAttempt attempt) {
        InvocationId id = attempt.id().invocationId();
        open.put(id, attempt);
        unasked.put(id, attempt);
        check(attempt);
    }

    /** An invocation's open attempt; null if there is none. */
    @Nullable
    InvocationAttempt get(InvocationId id) {
        return open.get(id);
    }

    /** A message came from the handler. */
    void recordMessage(InvocationAttempt attempt, long nowMillis) {
        OptionalLong firstWordMillis = attempt.takeFirstWordMillis(nowMillis);
        recordActivity(attempt, nowMillis);
        if (firstWordMillis.isPresent()) {
            reaction.add(firstWordMillis.getAsLong());
            check(attempt);
        }
    }

    /** A message came or went. */
    void recordActivity(InvocationAttempt attempt, long nowMillis) {
        attempt.touch(nowMillis);
        InvocationId id = attempt.id().invocationId();
        if (unasked.remove(id) != null) {
            unasked.put(id, attempt);
        }
    }

    /** Takes an invocation's open attempt out; null if there is none. */
    @Nullable
    InvocationAttempt remove(InvocationId id) {
        InvocationAttempt attempt = open.remove(id);
        if (attempt != null) {
            unasked.remove(id);
            forgetCheck(id);
        }
        return attempt;
    }

    /** The open attempts, in the order in which they were opened. */
    List<InvocationAttempt> all() {
        return List.copyOf(open.values());
    }

    void clearQueue() {
        queued.clear();
    }

    /** Asks idle attempts to suspend, and passes on those that were asked and stayed silent. */
    void tick(long nowMillis, Consumer<InvocationAttempt> silent) {
        while (!checksInOrder.isEmpty() && checksInOrder.first().atMillis() <= nowMillis) {
            look(checksInOrder.first().attempt(), nowMillis, silent);
        }
        makeRoom(nowMillis);
    }

    private void look(InvocationAttempt attempt, long nowMillis, Consumer<InvocationAttempt> silent) {
        if (attempt.deadlineMillis(patienceMillis()) <= nowMillis) {
            if (attempt.isAsked()) {
                remove(attempt.id().invocationId());
                silent.accept(attempt);
                return;
            }
            ask(attempt);
        }
        check(attempt);
    }

    /**
     * Keeps half of the room free, so that a new invocation need not wait until another has suspended. Leaves attempts
     * alone that go from step to step: if they suspended at each, every step would cost an attempt.
     */
    private void makeRoom(long nowMillis) {
        int tooMany = tooMany();
        for (Iterator<InvocationAttempt> idle = unasked.values().iterator(); tooMany > 0 && idle.hasNext(); tooMany--) {
            InvocationAttempt longest = idle.next();
            if (idleFromMillis(longest) > nowMillis) {
                return;
            }
            longest.closeInput();
            idle.remove();
        }
    }

    private long idleFromMillis(InvocationAttempt attempt) {
        return attempt.lastActiveMillis() + Math.max(BETWEEN_STEPS_MILLIS, patienceMillis());
    }

    /**
     * How long an attempt may be silent without being idle. A service with more attempts than it can serve answers
     * late, and suspending them would only make it do its work again.
     */
    private long patienceMillis() {
        return open.size() <= FEW ? 0 : Math.min(PATIENCE_MAX_MILLIS, REACTIONS * reaction.millis());
    }

    /** How many are to be asked to suspend. */
    private int tooMany() {
        int asked = open.size() - unasked.size();
        return Math.max(queued.size(), open.size() - attemptsMax / 2) - asked;
    }

    private void ask(InvocationAttempt attempt) {
        attempt.closeInput();
        unasked.remove(attempt.id().invocationId());
    }

    /** Asks an attempt to suspend, idle or not. */
    void stop(InvocationAttempt attempt, long nowMillis) {
        attempt.stop(nowMillis);
        unasked.remove(attempt.id().invocationId());
        check(attempt);
    }

    private void check(InvocationAttempt attempt) {
        InvocationId id = attempt.id().invocationId();
        forgetCheck(id);
        Check check = new Check(attempt.deadlineMillis(patienceMillis()), sequence++, attempt);
        checks.put(id, check);
        checksInOrder.add(check);
    }

    private void forgetCheck(InvocationId id) {
        Check check = checks.remove(id);
        if (check != null) {
            checksInOrder.remove(check);
        }
    }

    /** When {@link #tick} has something to do next; {@link Long#MAX_VALUE} for never. */
    long nextMillis() {
        long check =
                checksInOrder.isEmpty() ? Long.MAX_VALUE : checksInOrder.first().atMillis();
        long room = tooMany() > 0 && !unasked.isEmpty()
                ? idleFromMillis(unasked.firstEntry().getValue())
                : Long.MAX_VALUE;
        return Math.max(0, Math.min(check, room));
    }
}
