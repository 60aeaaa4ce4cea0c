package dev.reprise.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that controls an attempt and does not go into the journal. */
public sealed interface ControlMessage extends Message {
    /**
     * The first message of an attempt, from the engine.
     *
     * @param id the invocation id's 24 bytes
     * @param debugId the invocation id's text form
     * @param knownEntries how many journal entries follow as the replay, the input included
     * @param stateMap the object's state as far as it is sent along
     * @param partialState whether keys missing from {@code stateMap} may exist
     * @param key the object's or workflow's key; empty for a service
     * @param retryCountSinceLastStoredEntry attempts that failed since one stored a command, that one
     *     included if it failed
     * @param durationSinceLastStoredEntryMillis how long ago an attempt stored a command
     * @param randomSeed the seed of the context's random source, the same for every attempt
     * @param scope the scope it was called in (since V7)
     * @param limitKey the limit key it was called with (since V7)
     * @param idempotencyKey the idempotency key it was called with (since V7)
     */
    record Start(
            Bytes id,
            String debugId,
            int knownEntries,
            List<StateEntry> stateMap,
            boolean partialState,
            String key,
            int retryCountSinceLastStoredEntry,
            long durationSinceLastStoredEntryMillis,
            long randomSeed,
            @Nullable String scope,
            @Nullable String limitKey,
            @Nullable String idempotencyKey)
            implements ControlMessage {
        public Start {
            stateMap = List.copyOf(stateMap);
        }
    }

    /** One key of the object's state and its value. */
    record StateEntry(Bytes key, Bytes value) {}

    /** The handler gives up its stream until {@code awaitingOn} can make progress. */
    record Suspension(FutureTree awaitingOn) implements ControlMessage {}

    /**
     * The attempt failed.
     *
     * @param code an HTTP status code, or one of {@link ErrorCode}
     * @param message what went wrong
     * @param stacktrace for a human reader; may be empty
     * @param relatedCommandIndex the command it happened at, from 0
     * @param relatedCommandName that command's name
     * @param relatedCommandType that command's message type
     * @param nextRetryDelayMillis overrides the retry policy's next delay
     * @param behavior what the engine shall do about it
     * @param failedTries how often closures of runs have failed for the moment since the attempt last told so; 0 from
     *     SDKs other than ours
     */
    record ErrorMessage(
            int code,
            String message,
            String stacktrace,
            @Nullable Integer relatedCommandIndex,
            @Nullable String relatedCommandName,
            @Nullable Integer relatedCommandType,
            @Nullable Long nextRetryDelayMillis,
            ErrorBehavior behavior,
            int failedTries)
            implements ControlMessage {
        public ErrorMessage(
                int code,
                String message,
                String stacktrace,
                @Nullable Integer relatedCommandIndex,
                @Nullable String relatedCommandName,
                @Nullable Integer relatedCommandType,
                @Nullable Long nextRetryDelayMillis,
                ErrorBehavior behavior) {
            this(
                    code,
                    message,
                    stacktrace,
                    relatedCommandIndex,
                    relatedCommandName,
                    relatedCommandType,
                    nextRetryDelayMillis,
                    behavior,
                    0);
        }
    }

    /** What the engine is to do about an {@link ErrorMessage} (since V7; RETRY before). */
    enum ErrorBehavior {
        RETRY,
        PAUSE,
        FAIL
    }

    /** The handler has ended; its output is in the journal. */
    record End() implements ControlMessage {
        /** The only value. */
        public static final End INSTANCE = new End();
    }

    /** The command with this index is stored. */
    record CommandAck(int commandIndex) implements ControlMessage {}

    /**
     * The result of a {@link Command.Run}: {@link Result.Value} or {@link Result.Failed}.
     *
     * @param failedTries how often closures of runs have failed for the moment since the attempt last told so; 0 from
     *     SDKs other than ours
     */
    record ProposeRunCompletion(int resultCompletionId, Result result, int failedTries) implements ControlMessage {
        public ProposeRunCompletion(int resultCompletionId, Result result) {
            this(resultCompletionId, result, 0);
        }
    }

    /**
     * What the handler is waiting for right now, for people to see (since V7).
     *
     * @param executingSideEffects whether a run is executing that the handler waits for
     * @param awaited the same in the words of the handler's code, with what has settled; null from SDKs other than ours
     */
    record AwaitingOn(
            FutureTree awaitingOn,
            boolean executingSideEffects,
            @Nullable Awaited awaited) implements ControlMessage {
        public AwaitingOn(FutureTree awaitingOn, boolean executingSideEffects) {
            this(awaitingOn, executingSideEffects, null);
        }
    }

    /**
     * The proposed result of a run is stored (since V7). Its place in the order of notifications is the one where the
     * replay will have the completion itself.
     */
    record ProposeRunCompletionAck(int completionId) implements ControlMessage {}
}
