package dev.reprise.sdk.vm;

import dev.reprise.protocol.NotificationId.CompletionId;

/**
 * A run command that was issued.
 *
 * @param id the id of its result's notification
 * @param recorded whether the journal already contains the command: an earlier attempt may have executed the closure
 * @param replayed whether the journal already contains the result, so that the closure must not be executed
 */
public record RunHandle(CompletionId id, boolean recorded, boolean replayed) {}
