package dev.reprise.sdk.attempt;

/**
 * Hears of promises that nobody had observed when their handler returned, on the handler's thread; must return at once.
 * With a listener, attempts walk the stack for each promise that they make.
 */
@FunctionalInterface
public interface DropListener {
    /** Ignores everything, and no attempt walks the stack. */
    DropListener NONE = dropped -> {};

    /** A handler dropped a promise. Each attempt that gets this far reports it again. */
    void dropped(Dropped dropped);

    /**
     * A promise that was neither awaited nor cancelled, on its own or as part of another.
     *
     * @param handler the handler that returned, as {@code Service/handler}
     * @param promise the kind of promise and its name
     * @param line the line of user code that made it
     * @param isWaitedFor whether the handler ends only once it has settled, as with runs and branches
     */
    record Dropped(String handler, String promise, String line, boolean isWaitedFor) {}
}
