package dev.reprise.sdk.vm;

import dev.reprise.protocol.NotificationId.SignalIndex;

/**
 * An awakeable that was created.
 *
 * @param id the id by which others complete it
 * @param signal the notification of its completion
 */
public record AwakeableHandle(String id, SignalIndex signal) {}
