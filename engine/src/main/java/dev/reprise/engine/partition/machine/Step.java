package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application of one record: the tables it changes, the actions it causes, and the records it causes in the same
 * partition, which are applied right after it.
 */
final class Step {
    private final long lsn;
    private final long timeMillis;
    private final PartitionTables tables;
    private final int partition;
    private final Partitioning partitioning;
    private final List<Action> actions = new ArrayList<>(2);
    private final Deque<PartitionRecord> followUps = new ArrayDeque<>(2);

    Step(long lsn, long timeMillis, PartitionTables tables, int partition, Partitioning partitioning) {
        this.lsn = lsn;
        this.timeMillis = timeMillis;
        this.tables = tables;
        this.partition = partition;
        this.partitioning = partitioning;
    }

    long lsn() {
        return lsn;
    }

    /** When the record was appended, in milliseconds since the epoch. */
    long timeMillis() {
        return timeMillis;
    }

    PartitionTables tables() {
        return tables;
    }

    JournalTable journal() {
        return tables.journal();
    }

    InvocationTable invocations() {
        return tables.invocations();
    }

    List<Action> actions() {
        return actions;
    }

    /** The next record to apply in this step; null when there is none. */
    @Nullable
    PartitionRecord nextFollowUp() {
        return followUps.pollFirst();
    }

    /** Applies a record of this partition after the present one. */
    void follow(PartitionRecord record) {
        followUps.add(record);
    }

    void emit(Action action) {
        actions.add(action);
    }

    void respond(@Nullable RequestId request, Response response) {
        if (request != null) {
            emit(new Action.Respond(request, response));
        }
    }

    /** Delivers a record to the partition of an invocation: to this one, or through the outbox to another. */
    void deliver(InvocationId target, PartitionRecord record) {
        int destination = partitioning.partitionOf(target);
        if (destination == partition) {
            follow(record);
        } else {
            emit(Outbox.add(destination, record, tables));
        }
    }

    void register(TimerKey timer) {
        tables.timers().add(timer);
        emit(new Action.RegisterTimer(timer));
    }

    void unregister(TimerKey timer) {
        tables.timers().delete(timer);
        emit(new Action.DeleteTimer(timer));
    }
}
