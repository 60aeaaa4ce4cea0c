package dev.reprise.sdk.handler;

/**
 * The threads of handlers and of the closures of runs, and the one place where handlers wait. A simulator puts its own in
 * place of {@link #virtual()} and decides who runs next.
 *
 * <p>Any thread may call these methods.
 */
public interface AttemptThreads {
    /** Starts a thread that executes {@code body}. Does not wait for it. */
    void start(String name, Runnable body);

    /** Lets other threads run for a moment: closures that end at once shall have ended afterwards. */
    void yieldToOthers();

    /** A place where one thread waits. */
    Parking newParking();

    /** Where one handler waits until there is something for it to see. */
    interface Parking {
        /**
         * Waits until {@link #unpark} is called, if it was not called since this last returned. May return without; must
         * not throw. Called by one thread only.
         */
        void park();

        /** Lets the waiting thread go on, or the next {@link #park} return at once. Called by any thread. */
        void unpark();
    }

    /** A virtual thread for each. */
    static AttemptThreads virtual() {
        return VirtualThreads.INSTANCE;
    }
}
