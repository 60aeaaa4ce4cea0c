package dev.reprise.engine.response;

/** Where an answer finds memory for as long as it is on its way to its client. Any thread; must return at once. */
@FunctionalInterface
public interface ResponseRoom {
    /** As much as is asked for: of a client in this process, which holds the answer on the same heap anyway. */
    ResponseRoom ANY = (_, _) -> true;

    /**
     * Takes so many bytes.
     *
     * @param isKept whether the answer was kept, and so can be asked for again
     * @return whether they were there; without them the answer is let go
     */
    boolean take(long bytes, boolean isKept);
}
