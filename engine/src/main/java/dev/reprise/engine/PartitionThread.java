package dev.reprise.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The thread that polls one partition, and nothing else. */
final class PartitionThread implements PartitionDriver.Drive {
    private static final long PARK_MILLIS_MAX = 1_000;
    /** A handler that gets a result and continues with its next step answers within this time. */
    private static final long SPIN_NANOS = 60_000;

    private final Thread thread;
    private final PartitionDriver.Driven driven;
    private final BriefSpin spin = new BriefSpin(SPIN_NANOS);
    private volatile boolean awake = true;
    private volatile boolean stopping;

    /** Creates the thread without starting it. */
    PartitionThread(int partition, PartitionDriver.Driven driven) {
        this.driven = driven;
        this.thread = Thread.ofPlatform().name("reprise-partition-" + partition).unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void wakeUp() {
        if (!awake) {
            awake = true;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void stop() {
        stopping = true;
        awake = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                boolean more = driven.poll();
                if (more || awake) {
                    // Cleared before the next poll, so that no wake-up between that poll and the park is lost.
                    awake = false;
                } else {
                    park();
                }
            }
            driven.end();
        } catch (RuntimeException | Error e) {
            driven.fail(e);
        }
    }

    private void park() {
        long wait = Math.min(PARK_MILLIS_MAX, driven.idleMillis());
        if (wait > 0 && !spin.await(() -> awake || stopping)) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(wait));
        }
    }
}
