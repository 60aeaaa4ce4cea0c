package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application of one record: the tables it changes, the actions it causes, and the records it causes in this same
 * partition, which are applied right behind it.
 */
final class Step {
    private final long lsn;
    private final long timeMillis;
    private final Tables tables;
    private final int partition;
    private final Partitioning partitioning;
    private final List<Action> actions = new ArrayList<>();
    private final Deque<PartitionRecord> followUps = new ArrayDeque<>();

    Step(long lsn, long timeMillis, Tables tables, int partition, Partitioning partitioning) {
        this.lsn = lsn;
        this.timeMillis = timeMillis;
        this.tables = tables;
        this.partition = partition;
        this.partitioning = partitioning;
    }

    long lsn() {
        return lsn;
    }

    long timeMillis() {
        return timeMillis;
    }

    Tables tables() {
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

    Deque<PartitionRecord> followUps() {
        return followUps;
    }

    void emit(Action action) {
        actions.add(action);
    }

    void respond(@Nullable RequestId request, Action.Response response) {
        if (request != null) {
            emit(new Action.Respond(request, response));
        }
    }

    /** Hands a record to the partition an invocation lives in: this one, or another by way of the outbox. */
    void deliver(InvocationId target, PartitionRecord record) {
        int destination = partitioning.partitionOf(target);
        if (destination == partition) {
            followUps.add(record);
            return;
        }
        long sequence = tables.nextSequence();
        tables.put(
                Key.outbox(sequence),
                new BinaryWriter()
                        .i32(destination)
                        .raw(PartitionRecordCodec.encode(record))
                        .toBytes());
        emit(new Action.SendToPartition(sequence, destination, record));
    }

    void register(TimerKey timer) {
        tables.put(Key.timer(timer), Bytes.EMPTY);
        emit(new Action.RegisterTimer(timer));
    }
}
