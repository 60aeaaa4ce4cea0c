package dev.reprise.sdk.closure;

import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.report.Failing;
import dev.reprise.sdk.vm.AttemptError;
import java.time.Duration;

/**
 * A run whose closure has failed and will be tried again.
 *
 * @param run identifies the run
 * @param step what it does
 * @param cause what the closure threw
 * @param delay what determines when it is tried again
 * @param failures how often it has failed in this attempt
 * @param dueMillis when it is tried again, on the steady clock
 */
public record FailedRun(CompletionId run, RunStep<?> step, Throwable cause, Delay delay, int failures, long dueMillis) {
    /** What determines when a run is tried again. */
    public enum Delay {
        /** Only an operator: the closure threw a {@link PauseException}. */
        PAUSED,
        /** The closure itself. */
        ASKED,
        /** The run's policy. */
        POLICY,
        /** The engine or, while the attempt continues, a policy of ours. */
        ENGINE
    }

    private boolean isBounded() {
        RetryPolicy policy = step.options().retryPolicy();
        return policy != null && (policy.maxAttempts() != null || policy.maxDuration() != null);
    }

    /**
     * Whether the attempt must continue because of this run: if another process gets the next attempt, the engine knows
     * only one of two failures, and a bounded policy would allow too many.
     */
    boolean needsThisAttempt() {
        return isBounded() && failures >= 2;
    }

    /** The error for the engine if the attempt is given back now. */
    public AttemptError failure(long nowMillis) {
        return switch (delay) {
            case PAUSED -> Failing.pause((PauseException) cause);
            case ENGINE -> Failing.retried(cause, null);
            case ASKED, POLICY -> Failing.retried(cause, Duration.ofMillis(Math.max(0, dueMillis - nowMillis)));
        };
    }
}
