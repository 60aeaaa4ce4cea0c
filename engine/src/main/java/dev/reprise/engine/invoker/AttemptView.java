package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * What the invoker knows of an invocation that runs, or waits to run, under the present leader.
 *
 * @param invocationId which invocation
 * @param deployment where the latest attempt runs or ran; null before the first
 * @param inFlight whether an attempt is open
 * @param retryCount how many attempts were started since the leader has let it run
 * @param lastStartMillis when the latest attempt was started, in milliseconds since the epoch; 0 before the first
 * @param failuresInARow how many attempts failed one after the other, without a step forward in between
 * @param lastFailure how the latest failed attempt failed; null if none has
 * @param nextRetryMillis when it is tried again, in milliseconds since the epoch; 0 if it does not wait for that
 * @param awaitingOn what the open attempt said last that it waits for; null if it said nothing
 */
public record AttemptView(
        InvocationId invocationId,
        @Nullable DeploymentId deployment,
        boolean inFlight,
        int retryCount,
        long lastStartMillis,
        int failuresInARow,
        @Nullable TransientError lastFailure,
        long nextRetryMillis,
        @Nullable FutureTree awaitingOn) {}
