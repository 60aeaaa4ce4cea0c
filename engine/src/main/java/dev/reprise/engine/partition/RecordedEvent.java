package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;

/**
 * A journal event and its place.
 *
 * @param lsn the record that caused it; events of an invocation are in this order
 * @param appendTimeMillis when it was recorded, in milliseconds since the epoch
 * @param afterEntryIndex the last journal entry before it
 * @param event what happened
 */
public record RecordedEvent(long lsn, long appendTimeMillis, int afterEntryIndex, JournalEvent event) {

    public Bytes encode() {
        BinaryWriter w = new BinaryWriter().i64(appendTimeMillis).i32(afterEntryIndex);
        Encodings.event(w, event);
        return w.toBytes();
    }

    public static RecordedEvent decode(long lsn, Bytes value) {
        BinaryReader r = new BinaryReader(value);
        return new RecordedEvent(lsn, r.i64(), r.i32(), Encodings.event(r));
    }
}
