package dev.reprise.simulator.check;

import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.machine.PartitionStateMachine;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** One partition's state according to its durable log, whatever happens to the nodes. The checks inspect it. */
public final class Replica {
    /**
     * A record that was applied here.
     *
     * @param counts false for a record of an attempt that no longer counted
     * @param actions what a leader must do for it
     */
    record Applied(Replica replica, long lsn, PartitionRecord record, boolean counts, List<Action> actions) {}

    private final int partition;
    private final PartitionStateMachine machine;
    private final MemoryStore.Partition rows = new MemoryStore().partition(0);
    private final PartitionTables tables = new PartitionTables(rows);
    private final PartitionReads reads = PartitionReads.of(rows);
    private final Set<InvocationId> created = new HashSet<>();

    public Replica(int partition, Partitioning partitioning) {
        this.partition = partition;
        this.machine = new PartitionStateMachine(partition, partitioning);
    }

    public Applied apply(LogRecord record) {
        PartitionRecord decoded = PartitionRecordCodec.decode(record.payload());
        boolean counts = counts(decoded);
        note(decoded);
        List<Action> actions = machine.apply(record.lsn(), record.appendTimeMillis(), decoded, tables);
        tables.applied(record.lsn());
        tables.commit();
        PartitionRecord said = decoded instanceof PartitionRecord.FromAttempt attempt ? attempt.said() : decoded;
        return new Applied(this, record.lsn(), said, counts, actions);
    }

    private boolean counts(PartitionRecord record) {
        return !(record instanceof PartitionRecord.FromAttempt said)
                || (said.attempt().epoch() == epoch()
                        && invocation(said.attempt().invocationId())
                                .filter(known ->
                                        known.status() instanceof InvocationStatus.Invoked(long startLsn, var _)
                                                && startLsn == said.attempt().startLsn())
                                .isPresent());
    }

    private void note(PartitionRecord record) {
        switch (record) {
            case PartitionRecord.FromPartition message -> note(message.record());
            case PartitionRecord.Invoke invoke -> created.add(invoke.request().id());
            default -> {}
        }
    }

    /**
     * Whether an invocation exists here or has existed; one that another invocation in this partition called counts
     * once it existed.
     */
    boolean wasCreated(InvocationId id) {
        return created.contains(id);
    }

    int partition() {
        return partition;
    }

    public long epoch() {
        return tables.epoch();
    }

    public long appliedLsn() {
        return tables.appliedLsn();
    }

    public PartitionReads reads() {
        return reads;
    }

    Optional<Invocation> invocation(InvocationId id) {
        return reads.invocation(id);
    }

    List<RawMessage> journal(InvocationId id) {
        List<RawMessage> journal = new ArrayList<>();
        reads.forEachEntry(id, (JournalEntry entry) -> journal.add(entry.message()));
        return journal;
    }

    public NavigableMap<Bytes, Bytes> entries() {
        return rows.entries();
    }
}
