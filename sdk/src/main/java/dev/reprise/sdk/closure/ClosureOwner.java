package dev.reprise.sdk.closure;

import dev.reprise.protocol.NotificationId.CompletionId;

/** The attempt that closures belong to, as seen by the threads that execute them. Any thread may use it. */
public interface ClosureOwner {
    /** Whether the engine has ended the attempt, so that nobody wants a closure's result. */
    boolean isAborted();

    /** The closure of a run has ended. Does not wait. */
    void ended(CompletionId run, RunStep.Outcome outcome);
}
