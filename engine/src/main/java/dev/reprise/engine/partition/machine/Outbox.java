package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.BinaryWriter;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages to other partitions. Each is a row until it has arrived, and every new leader sends it again. It counts once
 * where it arrives, because sequences grow and the target accepts no sequence twice.
 */
public final class Outbox {
    private Outbox() {}

    /** A message that has not been confirmed. */
    public record Message(long sequence, int partition, PartitionRecord record) {}

    static Action.SendToPartition add(int destination, PartitionRecord record, PartitionTables tables) {
        long sequence = tables.nextSequence();
        Bytes encoded = PartitionRecordCodec.encode(record);
        Bytes value = new BinaryWriter(Integer.BYTES + encoded.size())
                .i32(destination)
                .raw(encoded)
                .toBytes();
        tables.insert(Key.outbox(sequence), value);
        return new Action.SendToPartition(sequence, destination, record);
    }

    /** Whether a message from another partition arrives for the first time. */
    static boolean admit(PartitionRecord.FromPartition message, PartitionTables tables) {
        Bytes key = Key.deduplication(message.sourcePartition());
        long last =
                tables.getHot(key).map(value -> new BinaryReader(value).i64()).orElse(0L);
        if (message.sequence() <= last) {
            return false;
        }
        tables.putHot(key, PartitionTables.number(message.sequence()));
        return true;
    }

    /** Forgets the messages that have arrived. */
    static void delivered(long upToSequenceInclusive, PartitionTables tables) {
        long before = tables.outboxDelivered();
        long upTo = Math.min(upToSequenceInclusive, tables.lastSequence());
        if (upTo <= before) {
            return;
        }
        List<Bytes> arrived = new ArrayList<>();
        tables.rows().scan(Key.outbox(before + 1), Key.outbox(upTo + 1), (key, _) -> arrived.add(key));
        arrived.forEach(tables::delete);
        tables.setOutboxDelivered(upTo);
    }

    /** The messages that have not been confirmed, in order. */
    public static List<Message> unconfirmed(PartitionTables tables) {
        List<Message> messages = new ArrayList<>();
        Bytes from = Key.outbox(tables.outboxDelivered() + 1);
        tables.rows().scan(from, Key.behind(Key.table(Key.OUTBOX)), (key, value) -> {
            BinaryReader v = new BinaryReader(value);
            long sequence = new BinaryReader(key, Key.TABLE_BYTES).i64();
            return messages.add(new Message(sequence, v.i32(), PartitionRecordCodec.decode(v.rest())));
        });
        return messages;
    }
}
