package dev.reprise.sdk.handler;

import dev.reprise.protocol.NotificationId.CompletionId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The closure of a run on its way to a thread. It is executed once at the most, and not at all when its attempt was aborted
 * before. While it is executed it can be interrupted.
 *
 * <p>Executed by one thread, dropped by the handler's.
 */
final class RunExecution implements Runnable {
    private final CompletionId run;
    private final RunStep<?> step;
    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable Thread executing;

    RunExecution(CompletionId run, RunStep<?> step) {
        this.run = run;
        this.step = step;
    }

    RunStep<?> step() {
        return step;
    }

    @Override
    public void run() {
        // The handler's own code may be at work and not know yet that its attempt is over.
        if (!step.scene().mailbox().isAborted() && taken.compareAndSet(false, true)) {
            executing(Thread.currentThread());
            step.execute(run, this::finished);
        }
    }

    private synchronized void executing(@Nullable Thread thread) {
        executing = thread;
    }

    /** The closure has ended: an interruption that it did not notice is not for what its thread does next. */
    @SuppressWarnings("ResultOfMethodCallIgnored") // what counts is that it is taken away
    private void finished() {
        executing(null);
        Thread.interrupted();
    }

    /** Interrupts the thread that executes the closure, if one still does. */
    synchronized void interrupt() {
        if (executing != null) {
            executing.interrupt();
        }
    }

    /** Whether it was not executed and so will never be. */
    boolean drop() {
        return taken.compareAndSet(false, true);
    }
}
