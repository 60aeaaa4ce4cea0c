package dev.reprise.sdk.handler;

import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.promise.Task;
import org.jspecify.annotations.Nullable;

/** A task with a thread of its own, which waits while another task has the baton. */
abstract class TaskThread extends Task {
    /**
     * Unwinds a handler's thread whose attempt is over while its code still waits. The invocation continues in another
     * attempt. It is an {@link Error}, so that {@code catch (Exception e)} does not stop it, and it has no stack trace.
     */
    static final class Unwound extends Error {
        private static final long serialVersionUID = 1L;

        Unwound(String why) {
            super(why, null, false, false);
        }
    }

    private final HandlerAttempt attempt;
    private final AttemptThreads.Parking parking;
    private volatile boolean baton;

    TaskThread(HandlerAttempt attempt, @Nullable TaskThread parent) {
        super(parent);
        this.attempt = attempt;
        this.parking = attempt.setup().threads().newParking();
    }

    @Override
    protected void resume() {
        baton = true;
        parking.unpark();
    }

    @Override
    protected final void pause() {
        while (!baton) {
            parking.park();
        }
        hold();
    }

    /** The calling thread becomes the task's, and has the baton. */
    final void hold() {
        baton = false;
        attempt.running(Thread.currentThread());
    }

    final HandlerAttempt attempt() {
        return attempt;
    }

    /** The context that its code receives. */
    abstract HandlerContext context();
}
