package dev.reprise.engine.partition.reads;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.BinaryWriter;
import dev.reprise.engine.partition.Encodings;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.Promise;
import dev.reprise.engine.partition.RecordedEvent;
import dev.reprise.engine.partition.StoredInvocation;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.engine.partition.machine.EventTable;
import dev.reprise.engine.partition.machine.InvocationTable;
import dev.reprise.engine.partition.machine.JournalHead;
import dev.reprise.engine.partition.machine.JournalTable;
import dev.reprise.engine.partition.machine.Key;
import dev.reprise.engine.partition.machine.ObjectTable;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.partition.machine.Rows;
import dev.reprise.engine.partition.machine.StateTable;
import dev.reprise.engine.partition.machine.TimerTable;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A partition's committed state, for people and programs that inspect it. Any thread; each call sees the state at its
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

    /** Who holds an object, and how many wait for it. */
    public record HeldObject(
            String service,
            String key,
            InvocationId holder,
            int waiting,
            @Nullable String scope) {}

    /** An entry of an object's inbox; {@code invocationId} is empty for a change of its state. */
    public record InboxEntry(
            String service,
            String key,
            long sequence,
            Optional<InvocationId> invocationId,
            @Nullable String scope) {}

    /** The last record whose effects are in the store. */
    public long storedLsn() {
        return PartitionTables.storedLsn(rows);
    }

    public Optional<Invocation> invocation(InvocationId id) {
        return InvocationTable.read(rows, id);
    }

    /** Visits all invocations in the order of their ids. */
    public void forEachInvocation(Predicate<Invocation> visitor) {
        InvocationTable.forEach(rows, visitor);
    }

    /** A journal's summary; an empty one if there is no journal. */
    public JournalSummary journalSummary(InvocationId id) {
        JournalHead head = JournalTable.readHead(rows, id).orElseGet(JournalHead::new);
        return new JournalSummary(head.length(), head.commands(), head.lastAppendMillis());
    }

    /** Visits an invocation's journal in order. */
    public void forEachEntry(InvocationId id, Predicate<JournalEntry> visitor) {
        JournalTable.forEach(rows, id, journalSummary(id).length(), visitor);
    }

    /** Visits an invocation's events in order; they are forgotten together with the journal. */
    public void forEachEvent(InvocationId id, Predicate<RecordedEvent> visitor) {
        EventTable.forEach(rows, id, visitor);
    }

    /** Visits one object's or workflow's state in key order. */
    public void forEachState(ObjectId object, BiPredicate<Bytes, Bytes> visitor) {
        StateTable.forEach(rows, object, visitor);
    }

    /** A key of an object's or workflow's state. */
    public record StateRow(
            String service,
            String key,
            Bytes stateKey,
            Bytes value,
            @Nullable String scope) {}

    /** Visits all state of all objects and workflows. */
    public void forEachState(Predicate<StateRow> visitor) {
        rows.scan(Key.table(Key.STATE), (row, value) -> visitor.test(stateRow(row, value)));
    }

    private static StateRow stateRow(Bytes row, Bytes value) {
        BinaryReader r = new BinaryReader(row, Key.TABLE_BYTES);
        ObjectId object = Encodings.object(r);
        return new StateRow(object.service(), object.key(), r.rest(), value, object.scope());
    }

    /** Identifies an object's state by its content, as {@link PartitionRecord.ModifyStateRequested} expects it. */
    public String stateVersion(ObjectId object) {
        return StateTable.version(rows, object);
    }

    /** A workflow's promise. */
    public record PromiseRow(
            String workflow,
            String key,
            String name,
            Promise promise,
            @Nullable String scope) {}

    /** Visits all promises of all workflows. */
    public void forEachPromise(Predicate<PromiseRow> visitor) {
        rows.scan(Key.table(Key.PROMISE), (row, value) -> visitor.test(promiseRow(row, value)));
    }

    private static PromiseRow promiseRow(Bytes row, Bytes value) {
        BinaryReader r = new BinaryReader(row, Key.TABLE_BYTES);
        ObjectId workflow = Encodings.object(r);
        return new PromiseRow(workflow.service(), workflow.key(), r.text(), Promise.decode(value), workflow.scope());
    }

    /** Visits the objects on which an exclusive handler runs. */
    public void forEachHeldObject(Predicate<HeldObject> visitor) {
        rows.scan(Key.table(Key.LOCK), (row, value) -> visitor.test(heldObject(row, value)));
    }

    private static HeldObject heldObject(Bytes row, Bytes value) {
        BinaryReader r = new BinaryReader(row, Key.TABLE_BYTES);
        ObjectTable.Lock lock = ObjectTable.Lock.decode(value);
        ObjectId object = Encodings.object(r);
        return new HeldObject(object.service(), object.key(), lock.holder(), lock.waiting(), object.scope());
    }

    /** Visits the inboxes of objects, in order for each object. */
    public void forEachInboxEntry(Predicate<InboxEntry> visitor) {
        rows.scan(Key.table(Key.INBOX), (row, value) -> visitor.test(inboxEntry(row, value)));
    }

    private static InboxEntry inboxEntry(Bytes row, Bytes value) {
        BinaryReader r = new BinaryReader(row, Key.TABLE_BYTES);
        ObjectId object = Encodings.object(r);
        return new InboxEntry(object.service(), object.key(), r.i64(), waiting(value), object.scope());
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

    /** An invocation as it is stored. */
    public Optional<StoredInvocation> stored(InvocationId id) {
        return rows.get(Key.of(Key.INVOCATION, id)).map(StoredInvocation::new);
    }

    /**
     * All invocations in the order of their ids. Like the other iterators it reads in chunks: it holds nothing of the
     * store between them, and each chunk shows the state at the time it is read.
     */
    public Iterator<StoredInvocation> invocations() {
        return new RowIterator<>(rows, Key.table(Key.INVOCATION), (_, value) -> new StoredInvocation(value));
    }

    /** The invocations of a partition key, such as those of a scope, or of a key outside any scope. */
    public Iterator<StoredInvocation> invocations(long partitionKey) {
        Bytes prefix = new BinaryWriter(Key.TABLE_BYTES + Long.BYTES)
                .u8(Key.INVOCATION)
                .i64(partitionKey)
                .toBytes();
        return new RowIterator<>(rows, prefix, (_, value) -> new StoredInvocation(value));
    }

    /**
     * The invocations in a status, found without looking at any others.
     *
     * @param status neither completed, which has no list, nor inboxed: for those see {@link #inbox}
     * @param service the service; null for all
     */
    public Iterator<InvocationId> inStatus(InvocationStatus.Kind status, @Nullable String service) {
        if (!InvocationTable.hasStatusRow(status)) {
            throw new IllegalArgumentException("there is no list of the invocations that are " + status);
        }
        return new RowIterator<>(rows, Key.ofStatus(status, service), (key, _) -> InvocationTable.idOfStatus(key));
    }

    /**
     * The completed invocations, the one that ended last first, found without looking at more than are asked for: an
     * iterator for each retention, since those that are kept equally long are found together.
     *
     * @param retentions how long invocations are kept that are called now, in milliseconds; those that were called
     *     when their handlers said otherwise come among the others, not in order
     */
    public List<Iterator<StoredInvocation>> ended(NavigableSet<Long> retentions, long nowMillis) {
        return retentions.stream()
                .<Iterator<StoredInvocation>>map(
                        retention -> new EndedInvocations(this, rows, retentions, retention, nowMillis))
                .toList();
    }

    /** A journal entry and its invocation. */
    public record OwnedEntry(InvocationId invocationId, JournalEntry entry) {}

    /** All journals, each in order. */
    public Iterator<OwnedEntry> entries() {
        return new RowIterator<>(rows, Key.table(Key.JOURNAL), PartitionReads::entry);
    }

    /** One journal in order. */
    public Iterator<OwnedEntry> entries(InvocationId id) {
        return new RowIterator<>(rows, Key.of(Key.JOURNAL, id), PartitionReads::entry);
    }

    /** One journal in order, starting at an index. */
    public Iterator<OwnedEntry> entries(InvocationId id, int fromIndex) {
        return new RowIterator<>(
                rows, Key.journal(id, fromIndex), Key.behind(Key.of(Key.JOURNAL, id)), PartitionReads::entry);
    }

    private static OwnedEntry entry(Bytes key, Bytes value) {
        BinaryReader r = new BinaryReader(key, Key.TABLE_BYTES);
        return new OwnedEntry(r.id(), JournalEntry.decode(r.i32(), value));
    }

    /** An event and its invocation. */
    public record OwnedEvent(InvocationId invocationId, RecordedEvent event) {}

    /** All events, in order for each invocation. */
    public Iterator<OwnedEvent> events() {
        return new RowIterator<>(rows, Key.table(Key.EVENT), PartitionReads::event);
    }

    /** One invocation's events in order. */
    public Iterator<OwnedEvent> events(InvocationId id) {
        return new RowIterator<>(rows, Key.of(Key.EVENT, id), PartitionReads::event);
    }

    private static OwnedEvent event(Bytes key, Bytes value) {
        BinaryReader r = new BinaryReader(key, Key.TABLE_BYTES);
        return new OwnedEvent(r.id(), RecordedEvent.decode(r.i64(), value));
    }

    /**
     * State.
     *
     * @param service the service of the objects or workflows; null for all
     * @param key the key of one of them; null for all
     */
    public Iterator<StateRow> state(@Nullable String service, @Nullable String key) {
        return ofObjects(Key.STATE, service, key, PartitionReads::stateRow);
    }

    /** Promises, of one or all workflows as {@link #state} says. */
    public Iterator<PromiseRow> promises(@Nullable String workflow, @Nullable String key) {
        return ofObjects(Key.PROMISE, workflow, key, PartitionReads::promiseRow);
    }

    /** The objects that an exclusive handler holds; of one or all objects as {@link #state} says. */
    public Iterator<HeldObject> heldObjects(@Nullable String service, @Nullable String key) {
        return ofObjects(Key.LOCK, service, key, PartitionReads::heldObject);
    }

    /** The inboxes, in order for each object; of one or all objects as {@link #state} says. */
    public Iterator<InboxEntry> inbox(@Nullable String service, @Nullable String key) {
        return ofObjects(Key.INBOX, service, key, PartitionReads::inboxEntry);
    }

    private <T> Iterator<T> ofObjects(
            int table, @Nullable String service, @Nullable String key, BiFunction<Bytes, Bytes, T> decode) {
        if (service != null || key == null) {
            return new RowIterator<>(rows, Key.ofObjects(table, service, key), decode);
        }
        return services(table).stream()
                .flatMap(each -> stream(new RowIterator<>(rows, Key.ofObjects(table, each, key), decode)))
                .iterator();
    }

    /** The services that have rows in a table, which costs one read for each of them. */
    private List<String> services(int table) {
        List<String> services = new ArrayList<>();
        Bytes from = Key.table(table);
        Bytes end = Key.behind(from);
        for (var row = rows.first(from, end); row != null; row = rows.first(from, end)) {
            String service = new BinaryReader(row.getKey(), Key.TABLE_BYTES).text();
            services.add(service);
            from = Key.behind(Key.ofObjects(table, service, null));
        }
        return services;
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }
}
