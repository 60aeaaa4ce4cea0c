package dev.reprise.engine.partition;

import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;

/**
 * Which results a record may contain. Checked when a record is made, so that none gets into the log that cannot become
 * a notification; each method throws {@link IllegalArgumentException}.
 */
final class RecordRules {
    private RecordRules() {}

    /** Requires a value or a failure. */
    static void requireOutcome(Result result) {
        if (!(result instanceof Result.Value || result instanceof Result.Failed)) {
            throw new IllegalArgumentException("expected a value or a failure, found " + result);
        }
    }

    static void requireFew(List<?> waits, int max) {
        if (waits.isEmpty() || waits.size() > max) {
            throw new IllegalArgumentException("expected 1 to " + max + " waits, found " + waits.size());
        }
    }

    static void requireSaid(PartitionRecord.FromAttempt said) {
        if (said instanceof PartitionRecord.SaidAfterWaiting) {
            throw new IllegalArgumentException("expected what was said alone, found it with waits");
        }
    }

    static void requireSignal(NotificationId signal, Result result) {
        if (signal instanceof NotificationId.CompletionId) {
            throw new IllegalArgumentException("a completion is not sent as a signal: " + signal);
        }
        if (!(result instanceof Result.Empty)) {
            requireOutcome(result);
        }
    }

    /** Requires a completion that another invocation, or a promise, brings about. */
    static void requireAnswer(MessageType type) {
        switch (type) {
            case CALL_COMPLETION,
                    ATTACH_INVOCATION_COMPLETION,
                    GET_INVOCATION_OUTPUT_COMPLETION,
                    GET_PROMISE_COMPLETION -> {}
            default -> throw new IllegalArgumentException("nobody else brings about a " + type);
        }
    }

    static void requireAnswer(MessageType type, Result result) {
        requireAnswer(type);
        if (type != MessageType.GET_INVOCATION_OUTPUT_COMPLETION || !(result instanceof Result.Empty)) {
            requireOutcome(result);
        }
    }

    /** A restarted invocation must be in the partition of the journal it begins with. */
    static void requireSamePartitionKey(InvocationId target, InvocationId newId) {
        if (target.partitionKey() != newId.partitionKey()) {
            throw new IllegalArgumentException(newId + " is not of the partition key of " + target);
        }
    }

    /** Only one type of completion can say that there is no result yet. */
    static void requireAnswerable(ResponseSink responseTo, boolean untilCompleted) {
        if (!untilCompleted && responseTo instanceof ResponseSink.Caller caller) {
            requireAnswer(caller.type(), Result.Empty.INSTANCE);
        }
    }
}
