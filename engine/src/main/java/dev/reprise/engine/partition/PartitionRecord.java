package dev.reprise.engine.partition;

import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.AwaitedCodec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a partition's log. Applying it is the only way to change a partition's state.
 *
 * <p>Events have names in the past tense; requests say that they are requested.
 */
public sealed interface PartitionRecord {

    /** What an attempt says about its invocation. Ignored unless epoch and attempt are the current ones. */
    sealed interface FromAttempt extends PartitionRecord {
        AttemptId attempt();

        /** What is said, without what was waited for before. */
        default FromAttempt said() {
            return this;
        }
    }

    /**
     * One attempt's right to speak for an invocation.
     *
     * @param invocationId whose attempt
     * @param epoch the leader that started it: the LSN of its announcement
     * @param startLsn the record that let the invocation run, see {@link Action.StartAttempt}
     */
    record AttemptId(InvocationId invocationId, long epoch, long startLsn) {}

    /**
     * A new leader begins; attempts of older epochs no longer count. Its epoch is the LSN of this record, so no two
     * leaders have the same one. Void if another leader has begun since it was proposed.
     *
     * @param run the run of the node that leads, as in {@link RequestId}
     * @param follows the epoch in force when it was proposed
     */
    record AnnounceLeader(long run, long follows) implements PartitionRecord {}

    /** Creates an invocation, or attaches to an existing one with the same id. */
    record Invoke(InvocationRequest request) implements PartitionRecord {}

    /**
     * The handler made a command.
     *
     * @param call for a call or a one-way call: the invocation it creates, with everything that had to be looked up or
     *     drawn; null for the other commands
     */
    record EntryAppended(
            AttemptId attempt, RawMessage entry, @Nullable InvocationRequest call) implements FromAttempt {}

    /** A run ended with a value or a terminal failure. */
    record RunProposed(AttemptId attempt, int completionId, Result result) implements FromAttempt {
        public RunProposed {
            RecordRules.requireOutcome(result);
        }
    }

    /** The invocation was bound to a deployment and a protocol version for the rest of its life. */
    record DeploymentPinned(AttemptId attempt, DeploymentId deployment, ProtocolVersion version)
            implements FromAttempt {}

    /**
     * The handler gave up its stream until the tree can make progress.
     *
     * @param knownEntries how many journal entries the attempt began with. The handler has consumed what it knew and
     *     still waits for; what came later it may not have seen
     */
    record Suspended(AttemptId attempt, FutureTree awaitingOn, int knownEntries) implements FromAttempt {}

    /** The handler has ended. */
    record Ended(AttemptId attempt) implements FromAttempt {}

    /** The attempts are used up, or the handler asked for it: stop for good, or until resumed. */
    record AttemptsExhausted(AttemptId attempt, JournalEvent.TransientError error, boolean pause)
            implements FromAttempt {}

    /**
     * No attempt is open and none will be opened, because a pause was requested.
     *
     * @param lastFailure how the last attempt failed; null if none has
     */
    record AttemptHalted(AttemptId attempt, JournalEvent.@Nullable TransientError lastFailure) implements FromAttempt {}

    /** An attempt failed and will be retried: nothing changes, but people can see it. */
    record AttemptFailed(AttemptId attempt, JournalEvent.TransientError error) implements FromAttempt {}

    /**
     * What an attempt said, and with it what its handler has waited for since it spoke last. So no wait needs a record
     * of its own.
     *
     * @param waits at least one, in the order in which they began
     * @param said any but another of these
     */
    record SaidAfterWaiting(List<Wait> waits, FromAttempt said) implements FromAttempt {
        /** How many waits of an invocation are kept. */
        public static final int WAITS_MAX = 50;

        public SaidAfterWaiting {
            waits = List.copyOf(waits);
            RecordRules.requireFew(waits, WAITS_MAX);
            RecordRules.requireSaid(said);
        }

        @Override
        public AttemptId attempt() {
            return said.attempt();
        }
    }

    /**
     * What a handler waited for.
     *
     * @param awaited an {@link Awaited} as {@link AwaitedCodec} writes it; only who looks at it reads it
     * @param sinceMillis since when, in milliseconds since the epoch
     */
    record Wait(Bytes awaited, long sinceMillis) {}

    /** A timer's time has come. */
    record TimerFired(TimerKey timer) implements PartitionRecord {}

    /** A signal for an invocation: cancellation, an awakeable, a named one. */
    record SignalSent(
            InvocationId target,
            NotificationId signal,
            Result result,
            @Nullable RequestId requestId) implements PartitionRecord {
        public SignalSent {
            RecordRules.requireSignal(signal, result);
        }
    }

    /** The result of something that another partition or invocation did for one of an invocation's commands. */
    record CompletionArrived(InvocationId target, int completionId, MessageType type, Result result)
            implements PartitionRecord {
        public CompletionArrived {
            RecordRules.requireAnswer(type, result);
        }
    }

    /** Asks for an invocation's result, at once or when there is one. */
    record AttachRequested(InvocationId target, ResponseSink responseTo, boolean untilCompleted)
            implements PartitionRecord {
        public AttachRequested {
            RecordRules.requireAnswerable(responseTo, untilCompleted);
        }
    }

    /** The client that asked for an invocation's result has gone before there was one. */
    record AttachWithdrawn(InvocationId target, RequestId requestId) implements PartitionRecord {}

    /** Cancels an invocation: it gets the signal, or ends at once if it has not started. */
    record CancelRequested(InvocationId target, @Nullable RequestId requestId) implements PartitionRecord {}

    /** Ends an invocation without asking its handler. */
    record KillRequested(InvocationId target, @Nullable RequestId requestId) implements PartitionRecord {}

    /** Forgets a completed invocation, or only its journal. */
    record PurgeRequested(
            InvocationId target,
            boolean journalOnly,
            @Nullable RequestId requestId) implements PartitionRecord {}

    /** Stops an invocation until it is resumed; one that runs stops when its handler can make no more progress. */
    record PauseRequested(InvocationId target, @Nullable RequestId requestId) implements PartitionRecord {}

    /** Lets a paused or waiting invocation run now; on {@code deployment} if it is given. */
    record ResumeRequested(
            InvocationId target,
            @Nullable DeploymentChoice deployment,
            @Nullable RequestId requestId) implements PartitionRecord {}

    /**
     * Runs a completed invocation again, as a new one.
     *
     * @param newId the new invocation's id, with the same partition key
     * @param upToEntryInclusive how much of the journal the new one begins with; 0 for the input alone
     * @param deployment where it runs; null for where the old one ran
     * @param randomSeed the new one's seed if it begins with the input alone
     */
    record RestartRequested(
            InvocationId target,
            InvocationId newId,
            int upToEntryInclusive,
            @Nullable DeploymentChoice deployment,
            long randomSeed,
            @Nullable RequestId requestId)
            implements PartitionRecord {
        public RestartRequested {
            RecordRules.requireSamePartitionKey(target, newId);
        }
    }

    /**
     * Replaces an object's state: at once if no exclusive handler runs on it, otherwise when its turn comes.
     *
     * @param expectedVersion the version that the state must have by then, see {@code PartitionReads.stateVersion};
     *     null for any
     */
    record ModifyStateRequested(
            ObjectId object,
            Map<Bytes, Bytes> state,
            @Nullable String expectedVersion,
            @Nullable RequestId requestId) implements PartitionRecord {}

    /** A record from another partition's outbox; the same sequence never counts twice. */
    record FromPartition(int sourcePartition, long sequence, PartitionRecord record) implements PartitionRecord {}

    /** The outbox's messages up to a sequence have arrived and can be forgotten. */
    record OutboxDelivered(long upToSequenceInclusive) implements PartitionRecord {}
}
