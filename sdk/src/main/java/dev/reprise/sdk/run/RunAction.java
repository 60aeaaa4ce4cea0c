package dev.reprise.sdk.run;

import org.jspecify.annotations.Nullable;

/**
 * The closure of a {@link dev.reprise.sdk.Context#run run}: what is done once and recorded. It must not use the
 * context.
 */
@FunctionalInterface
public interface RunAction<T extends @Nullable Object> {
    /**
     * Does the work, on a thread of its own.
     *
     * @throws dev.reprise.sdk.TerminalException to record a final failure as the run's result
     * @throws Exception any other, to be tried again by the run's {@link dev.reprise.sdk.RetryPolicy}
     */
    T execute() throws Exception;
}
