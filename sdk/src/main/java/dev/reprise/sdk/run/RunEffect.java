package dev.reprise.sdk.run;

/** The closure of a {@link dev.reprise.sdk.Context#run run} that gives no value. It must not use the context. */
@FunctionalInterface
public interface RunEffect {
    /**
     * Does the work, on a thread of its own.
     *
     * @throws dev.reprise.sdk.TerminalException to record a final failure as the run's result
     * @throws Exception any other, to be tried again by the run's {@link dev.reprise.sdk.RetryPolicy}
     */
    void execute() throws Exception;
}
