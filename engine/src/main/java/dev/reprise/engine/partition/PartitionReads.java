package dev.reprise.engine.partition;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A partition's committed state, for people and programs that look at it. Any thread; each call sees the state of its
 * time. A visitor returns whether it wants more.
 */
public final class PartitionReads {
    private final Rows rows;

    private PartitionReads(Rows rows) {
        this.rows = rows;
    }

    /** Reads what is in a store. */
    public static PartitionReads of(KeyValueStore store) {
        return new PartitionReads(new Rows(store, new WriteBatch()));
    }

    /**
     * What is known of a journal besides its entries.
     *
     * @param length the number of its entries
     * @param commands the number of those that are no notifications
     * @param lastAppendMillis when the last one was appended, in milliseconds since the epoch; 0 for an empty journal
     */
    public record JournalSummary(int length, int commands, long lastAppendMillis) {}

    /** What holds an object, and how many wait for it. */
    public record HeldObject(String service, String key, InvocationId holder, int waiting) {}

    /** Somebody in an object's inbox; {@code invocationId} is empty for a change of its state. */
    public record InboxEntry(String service, String key, long sequence, Optional<InvocationId> invocationId) {}

    public Optional<Invocation> invocation(InvocationId id) {
        return InvocationTable.read(rows, id);
    }

    /** Visits all invocations in the order of their ids. */
    public void forEachInvocation(Predicate<Invocation> visitor) {
        InvocationTable.forEach(rows, visitor);
    }

    /** A journal's summary; that of an empty one if there is none. */
    public JournalSummary journalSummary(InvocationId id) {
        JournalHead head = JournalTable.readHead(rows, id).orElseGet(JournalHead::new);
        return new JournalSummary(head.length(), head.commands(), head.lastAppendMillis());
    }

    /** Visits an invocation's journal in order. */
    public void forEachEntry(InvocationId id, Predicate<JournalEntry> visitor) {
        JournalTable.forEach(rows, id, journalSummary(id).length(), visitor);
    }

    /** Visits what happened to an invocation beside its journal, in order; forgotten with the journal. */
    public void forEachEvent(InvocationId id, Predicate<RecordedEvent> visitor) {
        EventTable.forEach(rows, id, visitor);
    }

    /** Visits one object's or workflow's state in key order. */
    public void forEachState(String service, String key, BiPredicate<Bytes, Bytes> visitor) {
        StateTable.forEach(rows, service, key, visitor);
    }

    /** A key of an object's or workflow's state. */
    public record StateRow(String service, String key, Bytes stateKey, Bytes value) {}

    /** Visits all state of all objects and workflows. */
    public void forEachState(Predicate<StateRow> visitor) {
        rows.scan(Key.table(Key.STATE), (row, value) -> {
            BinaryReader r = new BinaryReader(row, Key.TABLE_BYTES);
            return visitor.test(new StateRow(r.text(), r.text(), r.rest(), value));
        });
    }

    /** Names an object's state by its content, as {@link PartitionRecord.ModifyStateRequested} expects it. */
    public String stateVersion(String service, String key) {
        return StateTable.version(rows, service, key);
    }

    /** A workflow's promise. */
    public record PromiseRow(String workflow, String key, String name, Promise promise) {}

    /** Visits all promises of all workflows. */
    public void forEachPromise(Predicate<PromiseRow> visitor) {
        rows.scan(Key.table(Key.PROMISE), (row, value) -> {
            BinaryReader r = new BinaryReader(row, Key.TABLE_BYTES);
            return visitor.test(new PromiseRow(r.text(), r.text(), r.text(), Promise.decode(value)));
        });
    }

    /** Visits the objects on which an exclusive handler runs. */
    public void forEachHeldObject(Predicate<HeldObject> visitor) {
        rows.scan(Key.table(Key.LOCK), (row, value) -> {
            BinaryReader r = new BinaryReader(row, Key.TABLE_BYTES);
            ObjectTable.Lock lock = ObjectTable.Lock.decode(value);
            return visitor.test(new HeldObject(r.text(), r.text(), lock.holder(), lock.waiting()));
        });
    }

    /** Visits who waits for objects, in order for each object. */
    public void forEachInboxEntry(Predicate<InboxEntry> visitor) {
        rows.scan(Key.table(Key.INBOX), (row, value) -> {
            BinaryReader r = new BinaryReader(row, Key.TABLE_BYTES);
            return visitor.test(new InboxEntry(r.text(), r.text(), r.i64(), waiting(value)));
        });
    }

    private static Optional<InvocationId> waiting(Bytes value) {
        return switch (ObjectTable.InboxEntry.decode(value)) {
            case ObjectTable.InboxEntry.Waiting(InvocationId id) -> Optional.of(id);
            case ObjectTable.InboxEntry.Modification _ -> Optional.empty();
        };
    }

    /** Visits the timers that have not fired, in the order of their times. */
    public void forEachTimer(Predicate<TimerKey> visitor) {
        TimerTable.forEach(rows, visitor);
    }
}
