package dev.reprise.testkit;

import dev.reprise.engine.Engine;
import dev.reprise.engine.Engine.Progress;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches an engine: when it stands still while somebody waits for an answer, the time of the next timer comes. An
 * invocation whose replay differs from its journal is ended, and the mismatch kept for the end of the test.
 */
final class EngineTimekeeper implements Timekeeper, AutoCloseable {
    /** So often in a row nothing must have happened. */
    private static final int QUIET_ROUNDS = 4;

    private static final long BETWEEN_ROUNDS_NANOS = 500_000;
    private static final Duration ADVANCE_MAX = Duration.ofSeconds(60);

    private final Engine engine;
    private final VirtualClock clock;
    private final Thread thread;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, String> mismatches = new ConcurrentHashMap<>();
    private volatile boolean closed;

    EngineTimekeeper(Engine engine, VirtualClock clock) {
        this.engine = engine;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("reprise-timekeeper").start(this::watch);
    }

    /** What replays said that differed from their journals. */
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
                clock.set(next);
            }
            clock.set(millis);
            awaitQuiet(deadline);
        } finally {
            turn.unlock();
        }
    }

    private Progress awaitQuiet(long deadline) {
        while (System.nanoTime() - deadline < 0) {
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
                    if (progress != null && progress.waitingRequests() > 0 && isQuiet(progress)) {
                        fireNext(progress.nextWakeUpMillis());
                    }
                } finally {
                    turn.unlock();
                }
            }
        }
    }

    private void fireNext(long millis) {
        if (millis != Long.MAX_VALUE) {
            clock.set(millis);
        }
    }

    /** Whether nothing happens from here on; what is due now is still to happen. */
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
        return engine.attempts().stream().anyMatch(attempt -> attempt.inFlight() || attempt.nextRetryMillis() == 0);
    }

    private void endMismatches() {
        for (AttemptView attempt : engine.attempts()) {
            var failure = attempt.lastFailure();
            if (failure != null && failure.code() == ErrorCode.JOURNAL_MISMATCH) {
                String id = attempt.invocationId().toString();
                if (mismatches.putIfAbsent(id, id + ": " + failure.message()) == null) {
                    var _ = engine.kill(attempt.invocationId()); // whoever waits for it is answered
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
