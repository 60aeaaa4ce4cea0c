package dev.reprise.sdk;

/** The closure of a {@link Context#run run} that gives no value. It must not use the context. */
@FunctionalInterface
public interface RunEffect {
    /**
     * Does the work, on a thread of its own.
     *
     * @throws TerminalException to record a final failure as the run's result
     * @throws Exception any other, to be tried again by the run's {@link RetryPolicy}
     */
    void execute() throws Exception;
}
