package dev.reprise.sdk.attempt;

/**
 * Hears of the non-terminal exceptions of handlers and of the closures of runs, on the thread that threw them; must
 * return at once.
 */
@FunctionalInterface
public interface FailureListener {
    /** Ignores everything. */
    FailureListener NONE = (invocationId, attempt, cause) -> {};

    /**
     * An attempt failed.
     *
     * @param invocationId the invocation's id in its text form
     * @param attempt the number of the attempt, counted since one made progress; for a run, how often it was executed
     * @param cause what was thrown
     */
    void failed(String invocationId, int attempt, Throwable cause);

    /**
     * Whether the log's warnings repeat this. A test kit that reports failures itself needs those lines only at debug
     * level.
     */
    default boolean isLogged() {
        return true;
    }
}
