package dev.reprise.sdk.attempt;

import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.explore.PromiseUses;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The threads of handlers and of the closures of runs, and the one place where handlers wait. A simulator puts its own
 * in place of {@link #virtual()} and decides who runs next.
 *
 * <p>Any thread may call these methods.
 */
public interface AttemptThreads {
    /** Starts a thread that executes {@code body}. Does not wait for it. */
    void start(String name, Runnable body);

    /**
     * Executes the closure of a run, at once or when there is a thread for it. Does not wait for it. Starts a thread if
     * this is not overridden.
     *
     * @param name what the run is called
     * @param thread what kind of thread the run asks for; null if it does not say
     * @param closure a {@link Closure}
     */
    default void startRun(String name, @Nullable RunThread thread, Runnable closure) {
        start("run " + name, closure);
    }

    /**
     * Takes back a closure given to {@link #startRun} that still waits for a thread.
     *
     * @return whether it did, and so is not executed
     */
    default boolean takeBack(Runnable closure) {
        return false;
    }

    /**
     * Ends the threads that are kept for closures: those that wait are dropped, those that are executed are
     * interrupted. Called when all attempts have ended. Does not wait.
     */
    default void close() {}

    /** Told what the attempts do with their promises. */
    default PromiseUses uses() {
        return PromiseUses.NONE;
    }

    /** Told of the promises that handlers drop. */
    default DropListener drops() {
        return DropListener.NONE;
    }

    /** Lets other threads run for a moment, so that closures that end at once have ended when this returns. */
    void yieldToOthers();

    /** A place where one thread waits. */
    Parking newParking();

    /** The closure of a run. To run it executes it, at most once. */
    interface Closure extends Runnable {
        /** The number of the completion that its run waits for. */
        int completionId();

        /** Ends it as if it had been executed and had thrown this. */
        void fail(Exception cause);
    }

    /** Where one handler waits until there is something for it to see. */
    interface Parking {
        /**
         * Waits until {@link #unpark} is called, if it was not called since this last returned. May return without;
         * must not throw. Called by one thread only.
         */
        void park();

        /** Waits as {@link #park}, but no longer than {@code duration}, which is positive. */
        void parkAtMost(Duration duration);

        /** Lets the waiting thread go on, or the next {@link #park} return at once. Called by any thread. */
        void unpark();
    }

    /** A virtual thread for each handler and, unless a run says otherwise, for each closure. */
    static AttemptThreads virtual() {
        return virtual(RunThreads.DEFAULT);
    }

    /** A virtual thread for each handler; closures are executed by {@code runs}. */
    static AttemptThreads virtual(RunThreads runs) {
        return virtual(runs, DropListener.NONE);
    }

    /** As {@link #virtual(RunThreads)}; {@code drops} is told of the promises that handlers drop. */
    static AttemptThreads virtual(RunThreads runs, DropListener drops) {
        return new VirtualThreads(runs, drops);
    }
}
