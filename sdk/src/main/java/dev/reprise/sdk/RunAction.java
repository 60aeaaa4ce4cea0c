package dev.reprise.sdk;

import org.jspecify.annotations.Nullable;

/** The closure of a {@link Context#run run}: what is done once and recorded. It must not use the context. */
@FunctionalInterface
public interface RunAction<T extends @Nullable Object> {
    /**
     * Does the work, on a thread of its own.
     *
     * @throws TerminalException to record a final failure as the run's result
     * @throws Exception any other, to be tried again by the run's {@link RetryPolicy}
     */
    T execute() throws Exception;
}
