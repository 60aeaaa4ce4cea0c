package dev.reprise.sdk.run;

/**
 * The closure of a {@link dev.reprise.sdk.Context#run run} that looks at the step it executes and gives no value, see
 * {@link StepAction}.
 */
@FunctionalInterface
public interface StepEffect {
    /**
     * Does the work, on a thread of its own.
     *
     * @param step this execution
     * @throws dev.reprise.sdk.TerminalException to record a final failure as the run's result
     * @throws Exception any other, to be tried again by the run's {@link dev.reprise.sdk.RetryPolicy}
     */
    void execute(RunContext step) throws Exception;
}
