package dev.reprise.engine.partition;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The invocations' journals, entry by entry as they came over the wire, and which notifications they hold. */
public final class JournalTable {
    private final Tables tables;

    JournalTable(Tables tables) {
        this.tables = tables;
    }

    /** Appends an entry; answers its index. */
    int append(InvocationId id, RawMessage entry) {
        int index = length(id);
        tables.put(
                Key.journal(id, index),
                new BinaryWriter().u16(entry.type()).raw(entry.body()).toBytes());
        tables.putHot(
                Key.of(Key.JOURNAL_LENGTH, id),
                new BinaryWriter().i32(index + 1).toBytes());
        return index;
    }

    /** The number of entries; 0 for no journal. */
    public int length(InvocationId id) {
        return tables.getHot(Key.of(Key.JOURNAL_LENGTH, id))
                .map(value -> new BinaryReader(value).i32())
                .orElse(0);
    }

    /** All entries in order. */
    public List<RawMessage> entries(InvocationId id) {
        List<RawMessage> entries = new ArrayList<>(length(id));
        tables.scan(Key.of(Key.JOURNAL, id), (_, value) -> {
            BinaryReader r = new BinaryReader(value);
            return entries.add(new RawMessage(r.u16(), r.rest()));
        });
        return entries;
    }

    /** The last entry of a type; null if there is none. */
    @Nullable
    RawMessage last(InvocationId id, MessageType type) {
        for (int index = length(id) - 1; index >= 0; index--) {
            BinaryReader r = new BinaryReader(tables.get(Key.journal(id, index)).orElseThrow());
            if (r.u16() == type.code()) {
                return new RawMessage(type.code(), r.rest());
            }
        }
        return null;
    }

    void markNotified(InvocationId id, NotificationId notification, boolean failed) {
        tables.put(
                Key.notification(id, notification),
                new BinaryWriter().bool(failed).toBytes());
    }

    /** Whether the journal holds a notification, and how it ended. */
    FutureTree.Progress progress(InvocationId id, NotificationId notification) {
        return tables.get(Key.notification(id, notification))
                .map(value ->
                        new BinaryReader(value).bool() ? FutureTree.Progress.FAILED : FutureTree.Progress.SUCCEEDED)
                .orElse(FutureTree.Progress.PENDING);
    }

    void delete(InvocationId id) {
        tables.deleteAll(Key.of(Key.JOURNAL, id));
        tables.deleteAll(Key.of(Key.NOTIFICATION, id));
        tables.delete(Key.of(Key.JOURNAL_LENGTH, id));
    }

    /** Forgets what the heap holds of a journal that will not grow for a while. */
    void cool(InvocationId id) {
        tables.cool(Key.of(Key.JOURNAL_LENGTH, id));
    }
}
