package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.BinaryWriter;
import dev.reprise.engine.partition.Encodings;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.PartitionRecord.ModifyStateRequested;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Invariants;
import dev.reprise.protocol.id.InvocationId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Virtual objects: which invocation holds each of them exclusively, and who waits for it, first come first served. An
 * object without a row is free, with nobody waiting.
 */
public final class ObjectTable {
    /**
     * A held object.
     *
     * @param holder the invocation that runs exclusively on it
     * @param waiting how many wait in the inbox
     * @param lastTaken the sequence of the last one that left the inbox; no row up to it is left
     */
    public record Lock(InvocationId holder, int waiting, long lastTaken) {
        private static final int BYTES = InvocationId.BYTES + Integer.BYTES + Long.BYTES;

        private Bytes encode() {
            return new BinaryWriter(BYTES)
                    .id(holder)
                    .i32(waiting)
                    .i64(lastTaken)
                    .toBytes();
        }

        public static Lock decode(Bytes value) {
            BinaryReader r = new BinaryReader(value);
            return new Lock(r.id(), r.i32(), r.i64());
        }
    }

    /** Somebody, or something, that waits for an object. */
    public sealed interface InboxEntry {
        /** An invocation that will run exclusively. */
        record Waiting(InvocationId id) implements InboxEntry {}

        /** A change of the object's state from outside. */
        record Modification(ModifyStateRequested request) implements InboxEntry {}

        private static Bytes encode(InboxEntry entry) {
            return switch (entry) {
                case Waiting(InvocationId id) ->
                    new BinaryWriter(1 + InvocationId.BYTES).u8(0).id(id).toBytes();
                case Modification(ModifyStateRequested request) ->
                    new BinaryWriter()
                            .u8(1)
                            .raw(PartitionRecordCodec.encode(request))
                            .toBytes();
            };
        }

        public static InboxEntry decode(Bytes value) {
            BinaryReader r = new BinaryReader(value);
            int tag = r.u8();
            return switch (tag) {
                case 0 -> new Waiting(r.id());
                case 1 -> new Modification((ModifyStateRequested) PartitionRecordCodec.decode(r.rest()));
                default -> throw Encodings.unknown("inbox entry", tag);
            };
        }
    }

    private final PartitionTables tables;
    private final Rows rows;

    ObjectTable(PartitionTables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    Optional<Lock> lock(ObjectId object) {
        return tables.getHot(Key.ofObject(Key.LOCK, object)).map(Lock::decode);
    }

    /** As {@link #lock(ObjectId)}, for a reader that has only the rows. */
    public static Optional<Lock> lock(Rows rows, ObjectId object) {
        return rows.get(Key.ofObject(Key.LOCK, object)).map(Lock::decode);
    }

    /** Gives a free object to an invocation. */
    void acquire(ObjectId object, InvocationId holder) {
        put(object, new Lock(holder, 0, 0));
    }

    /** Adds an entry to a held object's inbox; answers its place there. */
    long enqueue(ObjectId object, Lock lock, InboxEntry entry) {
        long sequence = tables.nextSequence();
        tables.insert(Key.inbox(object, sequence), InboxEntry.encode(entry));
        put(object, new Lock(lock.holder(), lock.waiting() + 1, lock.lastTaken()));
        return sequence;
    }

    /** Removes an entry that no longer waits from the inbox. */
    void leave(ObjectId object, long sequence) {
        Lock lock = lock(object).orElseThrow();
        tables.delete(Key.inbox(object, sequence));
        put(object, new Lock(lock.holder(), lock.waiting() - 1, lock.lastTaken()));
    }

    /** Removes the entry that has waited longest; null if nobody waits, and then the object is free. */
    @Nullable
    InboxEntry next(ObjectId object, Lock lock) {
        if (lock.waiting() == 0) {
            tables.deleteHot(Key.ofObject(Key.LOCK, object));
            return null;
        }
        Bytes from = Key.inbox(object, lock.lastTaken() + 1);
        Map.Entry<Bytes, Bytes> row = rows.first(from, Key.behind(Key.ofObject(Key.INBOX, object)));
        Invariants.check(row != null, "an inbox holds as many rows as it counts", object);
        if (row == null) {
            return null;
        }
        tables.delete(row.getKey());
        long sequence = new BinaryReader(row.getKey(), row.getKey().size() - Long.BYTES).i64();
        put(object, new Lock(lock.holder(), lock.waiting() - 1, sequence));
        return InboxEntry.decode(row.getValue());
    }

    /** Passes a held object to another invocation. */
    void passTo(ObjectId object, InvocationId holder) {
        Lock lock = lock(object).orElseThrow();
        put(object, new Lock(holder, lock.waiting(), lock.lastTaken()));
    }

    private void put(ObjectId object, Lock lock) {
        tables.putHot(Key.ofObject(Key.LOCK, object), lock.encode());
    }
}
