package dev.reprise.sdk.closure;

import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.report.Failing;
import dev.reprise.sdk.vm.AttemptError;
import java.time.Duration;

/**
 * A run whose closure has failed and is to be tried again.
 *
 * @param run which run it is
 * @param step what it does
 * @param cause what its closure threw
 * @param delay who says when it is tried again
 * @param failures how often it has failed in this attempt
 * @param dueMillis when it is tried again, by the steady clock
 */
public record FailedRun(CompletionId run, RunStep<?> step, Throwable cause, Delay delay, int failures, long dueMillis) {
    /** Who says when a run is tried again. */
    public enum Delay {
        /** Nobody but a person: it threw a {@link PauseException}. */
        PAUSED,
        /** The closure itself. */
        ASKED,
        /** The run's policy. */
        POLICY,
        /** The engine or, as long as the attempt goes on, a policy of ours. */
        ENGINE
    }

    private boolean isBounded() {
        RetryPolicy policy = step.options().retryPolicy();
        return policy != null && (policy.maxAttempts() != null || policy.maxDuration() != null);
    }

    /**
     * Whether the attempt must go on for it: of two failures the engine would know but one, if another process has the
     * next attempt, and a bounded policy would allow too many.
     */
    boolean needsThisAttempt() {
        return isBounded() && failures >= 2;
    }

    /** What the engine is told if the attempt is given back now. */
    public AttemptError failure(long nowMillis) {
        return switch (delay) {
            case PAUSED -> Failing.pause((PauseException) cause);
            case ENGINE -> Failing.retried(cause, null);
            case ASKED, POLICY -> Failing.retried(cause, Duration.ofMillis(Math.max(0, dueMillis - nowMillis)));
        };
    }
}
