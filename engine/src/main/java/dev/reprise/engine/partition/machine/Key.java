package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryWriter;
import dev.reprise.engine.partition.Encodings;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.Promise;
import dev.reprise.engine.partition.RecordedEvent;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.id.InvocationId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a partition's rows. A key begins with the number of its table (one byte); numbers are big-endian, so that
 * a scan yields the rows in the order in which they are needed. A text is its UTF-8 size (u32) and bytes, so that no
 * key is a prefix of another object's. An {@link ObjectId object} is its service, its key, and whether it has a scope
 * (u8), followed by that scope.
 */
public final class Key {
    /** {@code name (u8)} → a single value, see {@link PartitionTables}. */
    static final int META = 1;
    /** {@code invocation id} → {@link Invocation}. */
    public static final int INVOCATION = 2;
    /** {@code invocation id, index (u32)} → append time (u64), message type (u16), body: {@link JournalEntry}. */
    public static final int JOURNAL = 3;
    /** {@code invocation id} → {@link JournalHead}. */
    static final int JOURNAL_HEAD = 4;
    /** {@code invocation id, notification id} → whether it failed (u8). */
    static final int NOTIFICATION = 5;
    /** {@code object, state key (to the end)} → value. */
    public static final int STATE = 6;
    /** {@code object, promise} → {@link Promise}. */
    public static final int PROMISE = 7;
    /** {@code object} → {@link ObjectTable.Lock}. */
    public static final int LOCK = 8;
    /** {@code object, sequence (u64)} → {@link ObjectTable.InboxEntry}. */
    public static final int INBOX = 9;
    /** {@code time (u64), kind (u8), invocation id, completion (u32)} → nothing. */
    public static final int TIMER = 10;
    /** {@code sequence (u64)} → partition (u32), record. */
    static final int OUTBOX = 11;
    /** {@code source partition (u32)} → the last sequence taken from it (u64). */
    static final int DEDUPLICATION = 12;
    /**
     * {@code status (u8), service, invocation id} → nothing; a row for each invocation that is neither completed, which
     * most are, nor in an inbox, which has a row for it.
     */
    static final int STATUS = 13;
    /**
     * {@code invocation id, wake-up time (u64), completion (u32)} → nothing; a row for each sleep that has not ended.
     */
    static final int SLEEP = 14;
    /** {@code invocation id, LSN (u64), place among those of one record (u8)} → {@link RecordedEvent}. */
    public static final int EVENT = 15;

    /** The size of a table's number. */
    public static final int TABLE_BYTES = 1;

    /** The size of a key that {@link #of} makes. */
    static final int OF_INVOCATION_BYTES = TABLE_BYTES + InvocationId.BYTES;

    private Key() {}

    public static Bytes table(int table) {
        return new BinaryWriter(TABLE_BYTES).u8(table).toBytes();
    }

    static Bytes meta(int name) {
        return new BinaryWriter(TABLE_BYTES + 1).u8(META).u8(name).toBytes();
    }

    public static Bytes of(int table, InvocationId id) {
        return new BinaryWriter(OF_INVOCATION_BYTES).u8(table).id(id).toBytes();
    }

    public static Bytes journal(InvocationId id, int index) {
        return new BinaryWriter(OF_INVOCATION_BYTES + Integer.BYTES)
                .u8(JOURNAL)
                .id(id)
                .i32(index)
                .toBytes();
    }

    static Bytes notification(InvocationId id, NotificationId notification) {
        BinaryWriter w = new BinaryWriter(OF_INVOCATION_BYTES + 1 + Integer.BYTES)
                .u8(NOTIFICATION)
                .id(id);
        Encodings.notificationId(w, notification);
        return w.toBytes();
    }

    static Bytes event(InvocationId id, long lsn, int place) {
        return new BinaryWriter(OF_INVOCATION_BYTES + Long.BYTES + 1)
                .u8(EVENT)
                .id(id)
                .i64(lsn)
                .u8(place)
                .toBytes();
    }

    static Bytes sleep(TimerKey timer) {
        return new BinaryWriter(OF_INVOCATION_BYTES + Long.BYTES + Integer.BYTES)
                .u8(SLEEP)
                .id(timer.invocationId())
                .i64(timer.wakeUpMillis())
                .i32(timer.completionId())
                .toBytes();
    }

    /** Every row of a table of an object or a workflow. */
    public static Bytes ofObject(int table, ObjectId object) {
        return object(table, object).toBytes();
    }

    /** Every row of a table of all objects (null, null), of all of a service's (key null) or of one. */
    public static Bytes ofObjects(int table, @Nullable String service, @Nullable String key) {
        if (service == null) {
            return table(table);
        }
        BinaryWriter w = new BinaryWriter().u8(table).text(service);
        return (key == null ? w : w.text(key)).toBytes();
    }

    /** The rows of the invocations in a status, of a service or of all (null). */
    public static Bytes ofStatus(InvocationStatus.Kind status, @Nullable String service) {
        BinaryWriter w = new BinaryWriter(TABLE_BYTES + 1).u8(STATUS).u8(status.ordinal());
        return (service == null ? w : w.text(service)).toBytes();
    }

    static Bytes status(InvocationStatus.Kind status, String service, InvocationId id) {
        return new BinaryWriter(OF_INVOCATION_BYTES + 1 + Integer.BYTES + service.length())
                .u8(STATUS)
                .u8(status.ordinal())
                .text(service)
                .id(id)
                .toBytes();
    }

    static Bytes state(ObjectId object, Bytes stateKey) {
        return object(STATE, object).raw(stateKey).toBytes();
    }

    static Bytes promise(ObjectId workflow, String promise) {
        return object(PROMISE, workflow).text(promise).toBytes();
    }

    static Bytes inbox(ObjectId object, long sequence) {
        return object(INBOX, object).i64(sequence).toBytes();
    }

    static Bytes timer(TimerKey timer) {
        BinaryWriter w = new BinaryWriter(OF_INVOCATION_BYTES + Long.BYTES + 1 + Integer.BYTES).u8(TIMER);
        Encodings.timer(w, timer);
        return w.toBytes();
    }

    /** Where the timers begin that are due at a time or later. */
    public static Bytes timersFrom(long millis) {
        return new BinaryWriter(TABLE_BYTES + Long.BYTES).u8(TIMER).i64(millis).toBytes();
    }

    static Bytes outbox(long sequence) {
        return new BinaryWriter(TABLE_BYTES + Long.BYTES)
                .u8(OUTBOX)
                .i64(sequence)
                .toBytes();
    }

    static Bytes deduplication(int sourcePartition) {
        return new BinaryWriter(TABLE_BYTES + Integer.BYTES)
                .u8(DEDUPLICATION)
                .i32(sourcePartition)
                .toBytes();
    }

    private static BinaryWriter object(int table, ObjectId object) {
        BinaryWriter w = new BinaryWriter().u8(table);
        Encodings.object(w, object);
        return w;
    }

    /** The first key behind all that begin with {@code prefix}. */
    public static Bytes behind(Bytes prefix) {
        byte[] end = prefix.toArray();
        int last = end.length - 1;
        while (end[last] == (byte) 0xFF) {
            last--;
        }
        end[last]++;
        return Bytes.wrap(Arrays.copyOf(end, last + 1));
    }
}
