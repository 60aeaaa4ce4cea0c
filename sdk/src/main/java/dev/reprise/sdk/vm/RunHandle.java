package dev.reprise.sdk.vm;

import dev.reprise.protocol.NotificationId.CompletionId;

/**
 * A run command that was issued.
 *
 * @param id what its result's notification will carry
 * @param recorded whether the journal already held the command: an earlier attempt may have executed the closure
 * @param replayed whether the journal already holds the result, so that the closure must not be executed
 */
public record RunHandle(CompletionId id, boolean recorded, boolean replayed) {}
