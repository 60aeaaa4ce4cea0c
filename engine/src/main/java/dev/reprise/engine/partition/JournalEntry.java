package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.RawMessage;

/**
 * One entry of an invocation's journal, as it came over the wire.
 *
 * @param index its place, from 0; the input is the first
 * @param appendTimeMillis when it was journaled, in milliseconds since the epoch
 * @param message the command or the notification
 */
public record JournalEntry(int index, long appendTimeMillis, RawMessage message) {
    private static final int HEADER_BYTES = Long.BYTES + Short.BYTES;

    public Bytes encode() {
        return new BinaryWriter(HEADER_BYTES + message.body().size())
                .i64(appendTimeMillis)
                .u16(message.type())
                .raw(message.body())
                .toBytes();
    }

    public static JournalEntry decode(int index, Bytes value) {
        BinaryReader r = new BinaryReader(value);
        return new JournalEntry(index, r.i64(), new RawMessage(r.u16(), r.rest()));
    }
}
