package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * What the invoker knows of an invocation that runs, or waits to run, under the present leader.
 *
 * @param invocationId the invocation
 * @param deployment where the latest attempt runs or ran; null before the first
 * @param inFlight whether an attempt is open
 * @param retryCount how many attempts were started since the leader let it run
 * @param lastStartMillis when the latest attempt was started, in milliseconds since the epoch; 0 before the first
 * @param failuresInARow how many attempts failed in a row without progress in between
 * @param lastFailure how the latest failed attempt failed; null if none has
 * @param nextRetryMillis when the next retry is due, in milliseconds since the epoch; 0 if none is
 * @param awaitingOn what the open attempt last reported to wait for; null if nothing
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
