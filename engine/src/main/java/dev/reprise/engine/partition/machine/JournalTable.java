package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.Encodings;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.engine.partition.JournalEvent;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.partition.PartitionRecord.Wait;
import dev.reprise.engine.partition.RecordedEvent;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.FutureTree.Progress;
import dev.reprise.protocol.Invariants;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The invocations' journals: a row for each entry, one for the {@link JournalHead}, and one for each notification's id.
 * An append costs two or three writes and, while the head is on the heap, no read, however long the journal is.
 */
public final class JournalTable {
    /** Up to this length, entries are read one by one, which is cheaper than opening a scan. */
    private static final int SHORT_MAX = 8;

    private final PartitionTables tables;
    private final Rows rows;
    private final EventTable events;
    private final JournalHeads heads = new JournalHeads();

    JournalTable(PartitionTables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
        this.events = new EventTable(tables, rows);
    }

    /** Begins the journal of an invocation that has none. */
    void create(InvocationId id) {
        heads.put(id, new JournalHead());
    }

    /** Appends an entry that is no notification; answers its index. */
    int append(InvocationId id, RawMessage entry, long timeMillis) {
        JournalHead head = head(id);
        head.addCommand(timeMillis);
        if (entry.type() == MessageType.SLEEP.code()) {
            head.addSleep();
        }
        return put(id, head, entry, timeMillis);
    }

    /** Appends a notification that the journal {@linkplain JournalHead#admits admits}; answers its index. */
    int notify(InvocationId id, NotificationId notification, Progress progress, RawMessage entry, long timeMillis) {
        JournalHead head = head(id);
        Invariants.check(head.admits(notification), "a notification is journaled once");
        Invariants.check(progress != Progress.PENDING, "a journaled notification has come");
        Arrivals arrivals = head.addNotification(notification, progress, timeMillis);
        Bytes key = Key.notification(id, notification);
        if (arrivals.before() < 0) {
            heads.grown(1);
            tables.insert(key, arrivals.encode());
        } else {
            tables.put(key, arrivals.encode());
        }
        return put(id, head, entry, timeMillis);
    }

    /** Records an event, which is forgotten together with the journal. Does nothing if there is no journal. */
    void addEvent(InvocationId id, JournalEvent event, long lsn, long timeMillis) {
        JournalHead head = head(id);
        if (head.length() == 0) {
            return;
        }
        boolean added = events.add(id, new RecordedEvent(lsn, timeMillis, head.length() - 1, event));
        if (added && !head.hasEvents()) {
            head.addEvent();
            tables.put(Key.of(Key.JOURNAL_HEAD, id), head.encode());
        }
    }

    /** Records what the handler waited for before the next entry, as {@link #addEvent}, but at most so many. */
    void addWaits(InvocationId id, List<Wait> waits, long lsn) {
        JournalHead head = head(id);
        if (head.length() == 0) {
            return;
        }
        int place = 0;
        for (Wait wait : waits) {
            JournalEvent event = new JournalEvent.Waiting(wait.awaited());
            if (head.addWait(wait.awaited())) {
                events.addWait(id, new RecordedEvent(lsn, wait.sinceMillis(), head.length() - 1, event), place++);
            }
        }
        if (place > 0) {
            head.addEvent();
            tables.put(Key.of(Key.JOURNAL_HEAD, id), head.encode());
        }
    }

    private int put(InvocationId id, JournalHead head, RawMessage entry, long timeMillis) {
        int index = head.length() - 1;
        tables.insert(Key.journal(id, index), new JournalEntry(index, timeMillis, entry).encode());
        Bytes headKey = Key.of(Key.JOURNAL_HEAD, id);
        if (index == 0) {
            tables.insert(headKey, head.encode());
        } else {
            tables.put(headKey, head.encode());
        }
        return index;
    }

    /** The number of entries; 0 for no journal. */
    public int length(InvocationId id) {
        return head(id).length();
    }

    /** What is known of a journal without its entries; an empty head if there is no journal. */
    JournalHead head(InvocationId id) {
        JournalHead known = heads.get(id);
        if (known != null) {
            return known;
        }
        JournalHead head = readHead(rows, id).orElseGet(JournalHead::new);
        if (head.length() > head.commands()) {
            readNotified(id, head);
        }
        heads.put(id, head);
        return head;
    }

    public static Optional<JournalHead> readHead(Rows rows, InvocationId id) {
        return rows.get(Key.of(Key.JOURNAL_HEAD, id)).map(JournalHead::decode);
    }

    private void readNotified(InvocationId id, JournalHead head) {
        rows.scan(Key.of(Key.NOTIFICATION, id), (key, value) -> {
            NotificationId notification = Encodings.notificationId(new BinaryReader(key, Key.OF_INVOCATION_BYTES));
            head.restore(notification, Arrivals.decode(value));
            return true;
        });
    }

    /** The number of entries that are no notifications. */
    public int commands(InvocationId id) {
        return head(id).commands();
    }

    /** Visits entries in order, until the visitor returns false. */
    public void forEach(InvocationId id, int fromIndex, int toIndex, Predicate<JournalEntry> visitor) {
        forEach(rows, id, fromIndex, toIndex, visitor);
    }

    /** All entries' messages, in order. */
    public List<RawMessage> entries(InvocationId id) {
        List<RawMessage> entries = new ArrayList<>(length(id));
        forEach(rows, id, length(id), entry -> entries.add(entry.message()));
        return entries;
    }

    /** Visits a journal's entries in order, until the visitor returns false. */
    public static void forEach(Rows rows, InvocationId id, int length, Predicate<JournalEntry> visitor) {
        forEach(rows, id, 0, length, visitor);
    }

    private static void forEach(
            Rows rows, InvocationId id, int fromIndex, int toIndex, Predicate<JournalEntry> visitor) {
        if (toIndex - fromIndex > SHORT_MAX) {
            rows.scan(Key.journal(id, fromIndex), Key.journal(id, toIndex), (key, value) -> {
                int index = new BinaryReader(key, Key.OF_INVOCATION_BYTES).i32();
                return visitor.test(JournalEntry.decode(index, value));
            });
            return;
        }
        boolean more = true;
        for (int index = fromIndex; index < toIndex && more; index++) {
            Optional<Bytes> value = rows.get(Key.journal(id, index));
            more = value.isPresent() && visitor.test(JournalEntry.decode(index, value.get()));
        }
    }

    /** The handler's output; null if it has none. */
    @Nullable
    Result output(InvocationId id) {
        for (int index = length(id) - 1; index >= 0; index--) {
            JournalEntry entry =
                    JournalEntry.decode(index, rows.get(Key.journal(id, index)).orElseThrow());
            if (entry.message().type() == MessageType.OUTPUT.code()) {
                return ((Command.Output) MessageCodec.decode(entry.message())).result();
            }
        }
        return null;
    }

    /** The result of a completed invocation. */
    Result result(InvocationId id, KeptResult kept) {
        return switch (kept) {
            case KeptResult.Inline(Result result) -> result;
            case KeptResult.InJournal _ -> Objects.requireNonNull(output(id), () -> "the journal has no output: " + id);
        };
    }

    void delete(InvocationId id) {
        JournalHead head = head(id);
        for (int index = 0; index < head.length(); index++) {
            tables.delete(Key.journal(id, index));
        }
        head.notified().forEach(notification -> tables.delete(Key.notification(id, notification)));
        if (head.hasEvents()) {
            events.clear(id);
        }
        tables.delete(Key.of(Key.JOURNAL_HEAD, id));
        heads.remove(id);
    }

    /** Drops the head of a journal that will not grow for a while from the heap. */
    void dropHead(InvocationId id) {
        heads.remove(id);
    }
}
