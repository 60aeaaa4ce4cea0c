package dev.reprise.engine.response;

/** Where an answer reserves memory while it is on its way to its client. Any thread; must return at once. */
@FunctionalInterface
public interface ResponseRoom {
    /** Unlimited room: for a client in this process, which holds the answer on the same heap anyway. */
    ResponseRoom ANY = (_, _) -> true;

    /**
     * Takes so many bytes.
     *
     * @param isKept whether the answer is kept, so that it can be requested again
     * @return whether the bytes were available; if not, the answer is dropped
     */
    boolean take(long bytes, boolean isKept);
}
