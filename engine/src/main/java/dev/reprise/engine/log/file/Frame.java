package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in a segment: CRC-32C (4 bytes) of all that follows, payload size (4), LSN (8), append time (8),
 * partition (4), payload. All numbers are big-endian.
 *
 * <p>The LSN must be the one expected, so what a recycled file held before is never taken for a record.
 */
record Frame(int partition, LogRecord record) {
    static final int HEADER_BYTES = 28;

    int size() {
        return HEADER_BYTES + record.payload().size();
    }

    void write(ByteBuffer out) {
        int start = out.position();
        out.putInt(0)
                .putInt(record.payload().size())
                .putLong(record.lsn())
                .putLong(record.appendTimeMillis())
                .putInt(partition)
                .put(record.payload().array());
        out.putInt(start, checksum(out, start, out.position()));
    }

    /** The frame at the buffer's position, which moves behind it; null if there is none with that LSN. */
    static @Nullable Frame read(ByteBuffer in, long expectedLsn) {
        int start = in.position();
        if (in.remaining() < HEADER_BYTES) {
            return null;
        }
        int size = in.getInt(start + 4);
        if (size < 0
                || size > in.remaining() - HEADER_BYTES
                || in.getLong(start + 8) != expectedLsn
                || in.getInt(start) != checksum(in, start, start + HEADER_BYTES + size)) {
            return null;
        }
        byte[] payload = new byte[size];
        in.get(start + HEADER_BYTES, payload);
        in.position(start + HEADER_BYTES + size);
        return new Frame(
                in.getInt(start + 24), new LogRecord(expectedLsn, in.getLong(start + 16), Bytes.wrap(payload)));
    }

    private static int checksum(ByteBuffer buffer, int start, int end) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(start + 4, end - start - 4));
        return (int) crc.getValue();
    }
}
