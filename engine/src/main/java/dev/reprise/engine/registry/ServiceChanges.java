package dev.reprise.engine.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An operator's changes to a service since it was registered; null for what is unchanged. */
public record ServiceChanges(
        @Nullable Boolean isPublic,
        @Nullable Duration inactivityTimeout,
        @Nullable Duration abortTimeout,
        @Nullable Duration journalRetention,
        @Nullable Duration idempotencyRetention,
        @Nullable Duration workflowRetention) {
    /** Nothing. */
    public static final ServiceChanges NONE = new ServiceChanges(null, null, null, null, null, null);
}
