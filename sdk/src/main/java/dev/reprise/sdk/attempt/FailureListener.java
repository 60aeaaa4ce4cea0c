package dev.reprise.sdk.attempt;

/**
 * Told what handlers and the closures of runs throw that is not terminal, on the thread where it was thrown; must
 * return at once.
 */
@FunctionalInterface
public interface FailureListener {
    /** Looks at nothing. */
    FailureListener NONE = (invocationId, attempt, cause) -> {};

    /**
     * An attempt failed.
     *
     * @param invocationId the invocation, as the engine names it for people
     * @param attempt the number of the attempt, counted since one came a step further; of a run, how often it was
     *     executed
     * @param cause what was thrown
     */
    void failed(String invocationId, int attempt, Throwable cause);

    /** Whether lines in the log say the same as warnings. A kit that reports failures itself needs them only to debug. */
    default boolean isLogged() {
        return true;
    }
}
