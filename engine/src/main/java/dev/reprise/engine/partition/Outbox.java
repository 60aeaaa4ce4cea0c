package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Messages to other partitions: each is a row until it has arrived, and counts once where it arrives. */
public final class Outbox {
    private Outbox() {}

    /** A message that has not been confirmed. */
    public record Message(long sequence, int partition, PartitionRecord record) {}

    static boolean isNew(PartitionRecord.FromPartition record, Step step) {
        Bytes key = Key.deduplication(record.sourcePartition());
        long last = step.tables()
                .getHot(key)
                .map(value -> new BinaryReader(value).i64())
                .orElse(0L);
        if (record.sequence() <= last) {
            return false;
        }
        step.tables().putHot(key, Tables.number(record.sequence()));
        return true;
    }

    static void delivered(long upToSequenceInclusive, Step step) {
        List<Bytes> arrived = new ArrayList<>();
        step.tables().scan(Key.table(Key.OUTBOX), (key, _) -> {
            BinaryReader r = new BinaryReader(key);
            r.u8();
            return r.i64() <= upToSequenceInclusive && arrived.add(key);
        });
        arrived.forEach(step.tables()::delete);
    }

    /** The messages that have not been confirmed, in order. */
    public static List<Message> unconfirmed(Tables tables) {
        List<Message> messages = new ArrayList<>();
        tables.scan(Key.table(Key.OUTBOX), (key, value) -> {
            BinaryReader k = new BinaryReader(key);
            k.u8();
            BinaryReader v = new BinaryReader(value);
            return messages.add(new Message(k.i64(), v.i32(), PartitionRecordCodec.decode(v.rest())));
        });
        return messages;
    }
}
