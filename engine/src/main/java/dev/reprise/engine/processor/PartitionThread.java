package dev.reprise.engine.processor;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The thread around one processor's {@code poll}, and nothing else. */
public final class PartitionThread {
    private static final long PARK_MILLIS_MAX = 1_000;
    /** A handler that is given a result and goes on to its next step answers within this time. */
    private static final long SPIN_NANOS = 60_000;

    private final Thread thread;
    private final InstantSource clock;
    private final BiConsumer<PartitionProcessor, Throwable> onFailure;
    private final Runnable betweenPolls;
    private final BriefSpin spin = new BriefSpin(SPIN_NANOS);
    private volatile boolean awake = true;
    private volatile boolean stopping;
    private @Nullable PartitionProcessor processor;

    /**
     * A thread, not yet started.
     *
     * @param betweenPolls called on the thread after each poll
     * @param onFailure called on the thread when {@code poll} throws; the partition then stands still
     */
    public PartitionThread(
            int partition,
            InstantSource clock,
            Runnable betweenPolls,
            BiConsumer<PartitionProcessor, Throwable> onFailure) {
        this.clock = clock;
        this.betweenPolls = betweenPolls;
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name("reprise-partition-" + partition).unstarted(this::run);
    }

    public void start(PartitionProcessor started) {
        processor = started;
        thread.start();
    }

    /** Lets the processor poll soon. Any thread. */
    public void wakeUp() {
        if (!awake) {
            awake = true;
            LockSupport.unpark(thread);
        }
    }

    /** Ends the thread and waits for its end. */
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
        PartitionProcessor polled = Objects.requireNonNull(processor);
        try {
            while (!stopping) {
                boolean more = polled.poll();
                betweenPolls.run();
                if (more || awake) {
                    // Cleared before the next poll, so that no wake-up between that poll and the park is lost.
                    awake = false;
                } else {
                    park(polled);
                }
            }
            polled.commit();
        } catch (RuntimeException | Error e) {
            onFailure.accept(polled, e);
        } finally {
            polled.close();
        }
    }

    private void park(PartitionProcessor polled) {
        long wait = Math.min(PARK_MILLIS_MAX, polled.nextWakeUpMillis() - clock.millis());
        if (wait > 0 && !spin.await(() -> awake || stopping)) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(wait));
        }
    }
}
