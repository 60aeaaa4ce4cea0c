package dev.reprise.sdk.attempt;

/**
 * Told of promises that nobody had observed when their handler returned, on the handler's thread; must return at once.
 * Attempts that have one walk the stack for each promise they make.
 */
@FunctionalInterface
public interface DropListener {
    /** Looks at nothing, and no attempt walks the stack. */
    DropListener NONE = dropped -> {};

    /** A handler dropped a promise. Each attempt that comes so far says so again. */
    void dropped(Dropped dropped);

    /**
     * A promise that was neither awaited nor cancelled, on its own or as part of another.
     *
     * @param handler the handler that returned, as {@code Service/handler}
     * @param promise what it is a promise of and its name
     * @param line the line of the user's code that made it
     * @param isWaitedFor whether the handler ends only when it has settled, as with runs and branches
     */
    record Dropped(String handler, String promise, String line, boolean isWaitedFor) {}
}
