package dev.reprise.sdk.handler;

import dev.reprise.protocol.NotificationId.CompletionId;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The closure of a run on its way to a thread. It is executed once at the most, and not at all when its attempt was aborted
 * before.
 *
 * <p>Executed by one thread, dropped by the handler's.
 */
final class RunExecution implements Runnable {
    private final CompletionId run;
    private final RunStep<?> step;
    private final AtomicBoolean taken = new AtomicBoolean();

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
            step.execute(run);
        }
    }

    /** Whether it was not executed and so will never be. */
    boolean drop() {
        return taken.compareAndSet(false, true);
    }
}
