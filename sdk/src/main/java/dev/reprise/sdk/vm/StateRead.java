package dev.reprise.sdk.vm;

import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;

/** The answer to a read of the object's state. */
public sealed interface StateRead {
    /**
     * Answered without the engine, from what came with the start or what the journal has recorded.
     *
     * @param result for a key {@link Result.Empty} or {@link Result.Value}; for the list of keys {@link
     *     Result.StateKeys}
     */
    record Known(Result result) implements StateRead {}

    /** The engine will answer, with a notification of this id and the same kinds of result. */
    record Pending(CompletionId id) implements StateRead {}
}
