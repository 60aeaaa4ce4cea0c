package dev.reprise.sdk.run;

import org.jspecify.annotations.Nullable;

/**
 * The closure of a {@link dev.reprise.sdk.Context#run run} that looks at the step it executes, for a key by which
 * others recognize a second try, for instance. It must not use the handler's context.
 */
@FunctionalInterface
public interface StepAction<T extends @Nullable Object> {
    /**
     * Does the work, on a thread of its own.
     *
     * @param step this execution
     * @throws dev.reprise.sdk.TerminalException to record a final failure as the run's result
     * @throws Exception any other, to be tried again by the run's {@link dev.reprise.sdk.RetryPolicy}
     */
    T execute(RunContext step) throws Exception;
}
