package dev.reprise.testkit;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.Engine;
import dev.reprise.engine.Engine.Progress;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.TimerKey.Kind;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.sdk.client.Stall;
import dev.reprise.sdk.client.WaitingCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Watches an engine. When the engine stands still while somebody waits for an answer, it lets time pass until the next
 * timer. When no timer can help, because the awaited invocation is paused after a failure or fails for ever, it fails
 * the wait; so it does when time has passed again and again without an answer. It pauses an invocation whose replay
 * differs from its journal, and keeps the mismatch for the end of the test.
 */
final class EngineTimekeeper implements Timekeeper, AutoCloseable {
    /** How often in a row nothing must have happened. */
    private static final int QUIET_ROUNDS = 4;

    private static final long BETWEEN_ROUNDS_NANOS = 500_000;
    private static final Duration ADVANCE_MAX = Duration.ofSeconds(60);
    /** An invocation that fails so often in a row, while nothing else happens, fails for ever. */
    private static final int FAILURES_MAX = 100;

    private final Reprise reprise;
    private final Engine engine;
    private final VirtualClock clock;
    private final boolean failsStalled;
    private final WakeUps wakeUps;
    private final SilentWait silence;
    private final Thread thread;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, String> mismatches = new ConcurrentHashMap<>();
    private volatile boolean closed;

    EngineTimekeeper(Reprise reprise, VirtualClock clock, boolean failsStalled, int wakeUpsMax) {
        this.reprise = reprise;
        this.engine = reprise.engine();
        this.clock = clock;
        this.failsStalled = failsStalled;
        this.wakeUps = new WakeUps(reprise, wakeUpsMax);
        this.silence = new SilentWait(reprise);
        this.thread = Thread.ofVirtual().name("reprise-timekeeper").start(this::watch);
    }

    /** The replays that differed from their journals, as they reported it. */
    List<String> mismatches() {
        return List.copyOf(mismatches.values());
    }

    @Override
    public void advanceTo(long millis) {
        turn.lock();
        try {
            long deadline = System.nanoTime() + ADVANCE_MAX.toNanos();
            while (true) {
                Progress still = awaitQuiet(deadline);
                long next = Math.max(still.nextWakeUpMillis(), clock.millis());
                if (next > millis) {
                    break;
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw new IllegalStateException(tooMuch(millis, next));
                }
                clock.set(next);
            }
            clock.set(millis);
            awaitQuiet(deadline);
        } finally {
            turn.unlock();
        }
    }

    private String tooMuch(long millis, long next) {
        return "Expected that what falls due until " + Instant.ofEpochMilli(millis) + " has happened within "
                + ADVANCE_MAX.toSeconds() + " s of the machine's time, found that it is only "
                + Instant.ofEpochMilli(next) + " by then. What is due then: "
                + String.join(", ", WakeUps.due(reprise, next)) + ". Advance by less, or end what wakes so often.";
    }

    private Progress awaitQuiet(long deadline) {
        while (System.nanoTime() - deadline < 0 || (reprise.isDebugged() && !closed)) {
            Progress progress = engine.progress();
            if (isQuiet(progress)) {
                return progress;
            }
        }
        throw new IllegalStateException("Expected that all handlers wait within " + ADVANCE_MAX.toSeconds()
                + " s, found that something still runs. Is there a closure that does not end?");
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(BETWEEN_ROUNDS_NANOS);
            endMismatches();
            if (turn.tryLock()) {
                try {
                    Progress progress = closed ? null : engine.progress();
                    if (progress != null && progress.waitingRequests() > 0) {
                        lookAfter(progress);
                    }
                } finally {
                    turn.unlock();
                }
            }
        }
    }

    /** Somebody waits for an answer. */
    private void lookAfter(Progress progress) {
        if (!mismatches.isEmpty()) {
            failAll(stall -> mismatches.containsKey(stall.invocationId()));
        }
        if (!isQuiet(progress) || (failsStalled && failsHopeless())) {
            return;
        }
        if (progress.nextWakeUpMillis() == Long.MAX_VALUE) {
            silence.at(progress);
        } else if (failsStalled && wakeUps.isLastReached(reprise.waitingCalls(), progress.nextWakeUpMillis())) {
            failEndless();
        } else {
            clock.set(progress.nextWakeUpMillis());
        }
    }

    private boolean failsHopeless() {
        return reprise.stalledCalls().values().stream().anyMatch(EngineTimekeeper::isHopeless)
                && !mayGoOn()
                && failAll(EngineTimekeeper::isHopeless);
    }

    /** Time has passed for long enough. */
    private void failEndless() {
        if (!failAll(EngineTimekeeper::isHopeless)) {
            reprise.waitingCalls().forEach(call -> call.fail(wakeUps.failure(call)));
        }
    }

    /** What the test itself paused, before anything failed, it may resume. */
    private static boolean isHopeless(Stall stall) {
        return switch (stall.state()) {
            case PAUSED -> !stall.lastFailure().isEmpty();
            case BACKING_OFF -> stall.failures() >= FAILURES_MAX;
        };
    }

    /** Whether anything else may happen by itself: a timer of a handler or of a delayed send, or another attempt. */
    private boolean mayGoOn() {
        if (engine.views().attempts().stream().anyMatch(attempt -> attempt.failuresInARow() < FAILURES_MAX)) {
            return true;
        }
        engine.commit();
        AtomicBoolean found = new AtomicBoolean();
        engine.views()
                .reads()
                .forEach(reads -> reads.forEachTimer(timer -> {
                    found.compareAndSet(false, timer.kind() == Kind.SLEEP || timer.kind() == Kind.START);
                    return !found.get();
                }));
        return found.get();
    }

    private boolean failAll(Predicate<Stall> which) {
        boolean any = false;
        for (Map.Entry<WaitingCall, Stall> stalled : reprise.stalledCalls().entrySet()) {
            if (which.test(stalled.getValue())) {
                stalled.getKey().fail(stalled.getValue().failure());
                any = true;
            }
        }
        return any;
    }

    /** Whether nothing happens from here on; what is due now still happens. */
    private boolean isQuiet(Progress begin) {
        for (int round = 0; round < QUIET_ROUNDS; round++) {
            if (closed || begin.nextWakeUpMillis() <= clock.millis() || isBusy()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_ROUNDS_NANOS);
            if (!engine.progress().equals(begin)) {
                return false;
            }
        }
        return true;
    }

    private boolean isBusy() {
        return engine.views().attempts().stream()
                .anyMatch(attempt -> attempt.inFlight() || attempt.nextRetryMillis() == 0);
    }

    private void endMismatches() {
        for (AttemptView attempt : engine.views().attempts()) {
            var failure = attempt.lastFailure();
            if (failure != null && failure.code() == ErrorCode.JOURNAL_MISMATCH) {
                String id = attempt.invocationId().toString();
                if (mismatches.putIfAbsent(id, id + ": " + failure.message()) == null) {
                    var _ = engine.pause(attempt.invocationId()); // it would be tried for ever
                }
            }
        }
    }

    @Override
    public void close() {
        endMismatches();
        turn.lock();
        try {
            closed = true;
        } finally {
            turn.unlock();
        }
        LockSupport.unpark(thread);
    }
}
