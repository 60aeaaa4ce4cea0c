package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.id.InvocationId;

/**
 * The keys of a partition's rows. A key begins with the number of its table; what follows is ordered so that a scan
 * yields the rows in the order they are needed.
 */
final class Key {
    /** name of a single value. */
    static final int META = 1;
    /** invocation id → {@link Invocation}. */
    static final int INVOCATION = 2;
    /** invocation id, index (u32) → message type (u16), body. */
    static final int JOURNAL = 3;
    /** invocation id → number of journal entries (u32), number of commands (u32). */
    static final int JOURNAL_LENGTH = 4;
    /** invocation id, notification id → whether it failed (u8). */
    static final int NOTIFICATION = 5;
    /** service, key, state key → value. */
    static final int STATE = 6;
    /** service, key, promise → {@link Promise}. */
    static final int PROMISE = 7;
    /** service, key → the invocation id that holds the object or workflow. */
    static final int LOCK = 8;
    /** service, key, sequence (u64) → invocation id. */
    static final int INBOX = 9;
    /** time (u64), kind (u8), invocation id, completion (u32) → nothing. */
    static final int TIMER = 10;
    /** sequence (u64) → partition (u32), record. */
    static final int OUTBOX = 11;
    /** source partition (u32) → the last sequence taken from it (u64). */
    static final int DEDUPLICATION = 12;
    /** invocation id → nothing; a row for each invocation that has a right to run. */
    static final int RUNNABLE = 13;

    private Key() {}

    static Bytes table(int table) {
        return new BinaryWriter().u8(table).toBytes();
    }

    static Bytes meta(int name) {
        return new BinaryWriter().u8(META).u8(name).toBytes();
    }

    static Bytes of(int table, InvocationId id) {
        return new BinaryWriter().u8(table).id(id).toBytes();
    }

    static Bytes journal(InvocationId id, int index) {
        return new BinaryWriter().u8(JOURNAL).id(id).i32(index).toBytes();
    }

    static Bytes notification(InvocationId id, NotificationId notification) {
        BinaryWriter w = new BinaryWriter().u8(NOTIFICATION).id(id);
        Encodings.notificationId(w, notification);
        return w.toBytes();
    }

    static Bytes ofObject(int table, String service, String key) {
        return object(table, service, key).toBytes();
    }

    static Bytes state(String service, String key, Bytes stateKey) {
        return object(STATE, service, key).raw(stateKey).toBytes();
    }

    static Bytes promise(String workflow, String key, String promise) {
        return object(PROMISE, workflow, key).text(promise).toBytes();
    }

    static Bytes inbox(String service, String key, long sequence) {
        return object(INBOX, service, key).i64(sequence).toBytes();
    }

    static Bytes timer(TimerKey timer) {
        BinaryWriter w = new BinaryWriter().u8(TIMER);
        Encodings.timer(w, timer);
        return w.toBytes();
    }

    static Bytes outbox(long sequence) {
        return new BinaryWriter().u8(OUTBOX).i64(sequence).toBytes();
    }

    static Bytes deduplication(int sourcePartition) {
        return new BinaryWriter().u8(DEDUPLICATION).i32(sourcePartition).toBytes();
    }

    private static BinaryWriter object(int table, String service, String key) {
        return new BinaryWriter().u8(table).text(service).text(key);
    }

    /** The first key behind all that begin with {@code prefix}. */
    static Bytes behind(Bytes prefix) {
        byte[] end = prefix.toArray();
        int last = end.length - 1;
        while (end[last] == (byte) 0xFF) {
            last--;
        }
        end[last]++;
        return Bytes.wrap(java.util.Arrays.copyOf(end, last + 1));
    }
}
