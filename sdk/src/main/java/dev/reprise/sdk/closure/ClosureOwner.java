package dev.reprise.sdk.closure;

import dev.reprise.protocol.NotificationId.CompletionId;

/** The attempt that closures are executed for, as the threads that execute them see it. Any thread may use it. */
public interface ClosureOwner {
    /** Whether the engine has ended the attempt, so that nobody wants what a closure gives. */
    boolean isAborted();

    /** The closure of a run has ended. Does not wait. */
    void ended(CompletionId run, RunStep.Outcome outcome);
}
