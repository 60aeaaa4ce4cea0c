package dev.reprise.sdk.handler;

import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.promise.Task;
import org.jspecify.annotations.Nullable;

/** A task with a thread of its own, which waits while another has the baton. */
abstract class TaskThread extends Task {
    /**
     * Takes a handler's thread out of the handler's code: its attempt is over while the code still waits. The
     * invocation goes on in another attempt. An {@link Error}, so that {@code catch (Exception e)} does not stop it;
     * without a stack trace of its own.
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

    /** The calling thread is the task's, and has the baton. */
    final void hold() {
        baton = false;
        attempt.running(Thread.currentThread());
    }

    final HandlerAttempt attempt() {
        return attempt;
    }

    /** The context that its code is given. */
    abstract HandlerContext context();
}
