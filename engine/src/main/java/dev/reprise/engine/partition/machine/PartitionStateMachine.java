package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.protocol.NotificationId.SignalIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition's behaviour: applies records to the tables and says what must happen outside. A pure function of the
 * record, its LSN and time, and the tables. A record about an invocation that does not exist, or no longer exists,
 * changes nothing; whoever sent the request is told.
 */
public final class PartitionStateMachine {
    private final int partition;
    private final Partitioning partitioning;

    /** A machine for one of the partitions of {@code partitioning}, from 0. */
    public PartitionStateMachine(int partition, Partitioning partitioning) {
        this.partition = partition;
        this.partitioning = partitioning;
    }

    /**
     * Applies a record.
     *
     * @param lsn the record's position; grows from call to call
     * @param appendTimeMillis the record's time, in milliseconds since the epoch
     * @return what the leader must do, in this order
     */
    public List<Action> apply(long lsn, long appendTimeMillis, PartitionRecord record, PartitionTables tables) {
        Step step = new Step(lsn, appendTimeMillis, tables, partition, partitioning);
        PartitionRecord next = record;
        while (next != null) {
            applyOne(next, step);
            next = step.nextFollowUp();
        }
        return step.actions();
    }

    private static void applyOne(PartitionRecord record, Step step) {
        switch (record) {
            case PartitionRecord.FromAttempt r -> applyFromAttempt(r, step);
            case PartitionRecord.AnnounceLeader r -> announce(r, step);
            case PartitionRecord.Invoke r -> Starting.invoke(r.request(), step);
            case PartitionRecord.TimerFired r -> Timers.fired(r.timer(), step);
            case PartitionRecord.SignalSent r
            when r.signal().equals(SignalIndex.CANCEL) -> Termination.cancel(r.target(), r.requestId(), step);
            case PartitionRecord.SignalSent r -> NotificationRecords.signal(r, step);
            case PartitionRecord.CompletionArrived r -> NotificationRecords.completion(r, step);
            case PartitionRecord.AttachRequested r -> Responses.attach(r, step);
            case PartitionRecord.AttachWithdrawn r -> Responses.withdraw(r, step);
            case PartitionRecord.CancelRequested r -> Termination.cancel(r.target(), r.requestId(), step);
            case PartitionRecord.KillRequested r -> Termination.kill(r, step);
            case PartitionRecord.PurgeRequested r -> Purging.purge(r, step);
            case PartitionRecord.PauseRequested r -> Pausing.pause(r, step);
            case PartitionRecord.ResumeRequested r -> Pausing.resume(r, step);
            case PartitionRecord.RestartRequested r -> Restarting.restart(r, step);
            case PartitionRecord.ModifyStateRequested r -> ObjectQueue.modify(r, step);
            case PartitionRecord.FromPartition r -> receive(r, step);
            case PartitionRecord.OutboxDelivered r -> Outbox.delivered(r.upToSequenceInclusive(), step.tables());
        }
    }

    private static void applyFromAttempt(PartitionRecord.FromAttempt record, Step step) {
        Invocation invocation = current(record.attempt(), step);
        if (invocation != null) {
            applyFromAttempt(record, invocation, step);
        }
    }

    private static void applyFromAttempt(PartitionRecord.FromAttempt record, Invocation invocation, Step step) {
        switch (record) {
            case PartitionRecord.EntryAppended r -> JournalCommands.append(invocation, r, step);
            case PartitionRecord.RunProposed r -> AttemptRecords.run(invocation, r, step);
            case PartitionRecord.DeploymentPinned r -> AttemptRecords.pinned(invocation, r, step);
            case PartitionRecord.Suspended r -> AttemptRecords.suspended(invocation, r, step);
            case PartitionRecord.Ended _ -> AttemptRecords.ended(invocation, step);
            case PartitionRecord.AttemptFailed r -> AttemptRecords.failed(invocation, r, step);
            case PartitionRecord.AttemptsExhausted r -> AttemptRecords.exhausted(invocation, r, step);
            case PartitionRecord.AttemptHalted r -> AttemptRecords.halted(invocation, r, step);
            case PartitionRecord.SaidAfterWaiting r -> {
                step.journal().addWaits(invocation.id(), r.waits(), step.lsn());
                applyFromAttempt(r.said(), invocation, step);
            }
        }
    }

    /** The invocation an attempt may speak for; null when the attempt is not, or no longer, the one that counts. */
    private static @Nullable Invocation current(PartitionRecord.AttemptId attempt, Step step) {
        if (attempt.epoch() != step.tables().epoch()) {
            return null;
        }
        Invocation invocation = step.invocations().get(attempt.invocationId()).orElse(null);
        boolean counts = invocation != null
                && invocation.status() instanceof InvocationStatus.Invoked(long startLsn, var _)
                && startLsn == attempt.startLsn();
        return counts ? invocation : null;
    }

    private static void receive(PartitionRecord.FromPartition message, Step step) {
        if (Outbox.admit(message, step.tables())) {
            step.follow(message.record());
        }
    }

    private static void announce(PartitionRecord.AnnounceLeader announcement, Step step) {
        if (announcement.follows() == step.tables().epoch()) {
            step.tables().setEpoch(step.lsn());
        }
    }
}
