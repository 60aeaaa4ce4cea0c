package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.JournalEvent;
import dev.reprise.engine.partition.RecordedEvent;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happened to invocations beside their journals. Keeps only the latest events of an invocation that fails again
 * and again, and only the first of the same error in a row. What handlers wait for counts separately: the first waits
 * are kept, and nothing is read to add one.
 */
public final class EventTable {
    /** The most events kept of one invocation, beside what it waited for. */
    static final int EVENTS_MAX = 100;

    /** The place among those of one record, behind all that was waited for. */
    private static final int LAST = 255;

    private final PartitionTables tables;
    private final Rows rows;

    EventTable(PartitionTables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    /** Adds an event, unless the last one says the same; answers whether it was added. */
    boolean add(InvocationId id, RecordedEvent event) {
        List<RecordedEvent> events = new ArrayList<>();
        forEach(rows, id, known -> known.event() instanceof JournalEvent.Waiting || events.add(known));
        if (!events.isEmpty() && isRepeated(events.getLast().event(), event.event())) {
            return false;
        }
        if (events.size() >= EVENTS_MAX) {
            tables.delete(Key.event(id, events.getFirst().lsn(), LAST));
        }
        tables.put(Key.event(id, event.lsn(), LAST), event.encode());
        return true;
    }

    /** Adds what the handler waited for; {@code place} is which it is of those that one record brings. */
    void addWait(InvocationId id, RecordedEvent event, int place) {
        tables.insert(Key.event(id, event.lsn(), place), event.encode());
    }

    private static boolean isRepeated(JournalEvent last, JournalEvent next) {
        return last instanceof JournalEvent.TransientError a
                && next instanceof JournalEvent.TransientError b
                && a.isSameAs(b);
    }

    void clear(InvocationId id) {
        tables.deleteAll(Key.of(Key.EVENT, id));
    }

    /** Visits an invocation's events in order, until the visitor returns false. */
    public static void forEach(Rows rows, InvocationId id, Predicate<RecordedEvent> visitor) {
        rows.scan(Key.of(Key.EVENT, id), (key, value) -> {
            long lsn = new BinaryReader(key, Key.OF_INVOCATION_BYTES).i64();
            return visitor.test(RecordedEvent.decode(lsn, value));
        });
    }
}
