package dev.reprise.sdk.vm;

import dev.reprise.protocol.NotificationId.CompletionId;

/**
 * A call that was issued.
 *
 * @param invocationId the notification that carries the callee's invocation id
 * @param result the notification of the callee's result
 */
public record CallHandle(CompletionId invocationId, CompletionId result) {}
