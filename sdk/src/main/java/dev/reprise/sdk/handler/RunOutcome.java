package dev.reprise.sdk.handler;

import dev.reprise.protocol.Result;

/** How one execution of a run's closure ended. */
sealed interface RunOutcome {
    /** With a result to record: {@link Result.Value} or {@link Result.Failed}. */
    record Final(Result result) implements RunOutcome {}

    /**
     * With an exception that is not terminal.
     *
     * @param cause what was thrown
     * @param endMillis when the execution ended, by the steady clock
     */
    record Retryable(Throwable cause, long endMillis) implements RunOutcome {}
}
