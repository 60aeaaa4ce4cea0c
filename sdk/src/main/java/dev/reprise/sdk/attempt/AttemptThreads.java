package dev.reprise.sdk.attempt;

import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.explore.PromiseUses;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The threads of handlers and of the closures of runs, and the only place where handlers wait. A simulator replaces
 * {@link #virtual()} by an implementation of its own, and decides who runs next.
 *
 * <p>Any thread may call these methods.
 */
public interface AttemptThreads {
    /** Starts a thread that executes {@code body}. Does not wait for it. */
    void start(String name, Runnable body);

    /**
     * Executes the closure of a run, at once or when a thread is free. Does not wait for it. Starts a thread unless it
     * is overridden.
     *
     * @param name the name of the run
     * @param thread the kind of thread that the run asks for; null if it does not say
     * @param closure a {@link Closure}
     */
    default void startRun(String name, @Nullable RunThread thread, Runnable closure) {
        start("run " + name, closure);
    }

    /**
     * Takes back a closure given to {@link #startRun} that is still waiting for a thread.
     *
     * @return whether it was still waiting, and so will not be executed
     */
    default boolean takeBack(Runnable closure) {
        return false;
    }

    /**
     * Ends the threads that are kept for closures: waiting closures are dropped, running ones are interrupted. Called
     * when all attempts have ended. Does not wait.
     */
    default void close() {}

    /** Hears what the attempts do with their promises. */
    default PromiseUses uses() {
        return PromiseUses.NONE;
    }

    /** Hears of the promises that handlers drop. */
    default DropListener drops() {
        return DropListener.NONE;
    }

    /** Lets other threads run for a moment, so that very short closures have ended when this returns. */
    void yieldToOthers();

    /** A place where one thread waits. */
    Parking newParking();

    /** The closure of a run. Running it executes the closure, at most once. */
    interface Closure extends Runnable {
        /** The number of the completion that its run waits for. */
        int completionId();

        /** Ends it as if it had been executed and had thrown this exception. */
        void fail(Exception cause);
    }

    /** Where a handler waits until there is something new for it. */
    interface Parking {
        /**
         * Waits until {@link #unpark} is called, unless it was called since this last returned. May return early; must
         * not throw. Called by one thread only.
         */
        void park();

        /** Waits like {@link #park}, but no longer than {@code duration}, which is positive. */
        void parkAtMost(Duration duration);

        /** Wakes the waiting thread, or makes the next {@link #park} return at once. Any thread may call it. */
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

    /** Like {@link #virtual(RunThreads)}; {@code drops} hears of the promises that handlers drop. */
    static AttemptThreads virtual(RunThreads runs, DropListener drops) {
        return new VirtualThreads(runs, drops);
    }
}
