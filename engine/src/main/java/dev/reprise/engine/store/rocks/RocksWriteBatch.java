package dev.reprise.engine.store.rocks;

import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * RocksDB's serialized form of a write batch, so that a batch costs one native call instead of one a key.
 *
 * <p>The form: sequence number (8 bytes, filled in by RocksDB), number of entries (4 bytes, little-endian), then for each
 * entry a tag, the column family, the key and, for a put, the value; all lengths are varints (RocksDB,
 * {@code db/write_batch.cc}).
 */
final class RocksWriteBatch {
    private static final byte TAG_DELETION = 0x4;
    private static final byte TAG_VALUE = 0x5;
    private static final int HEADER_BYTES = 12;
    private static final int VARINT_BYTES_MAX = 5;

    private RocksWriteBatch() {}

    static byte[] encode(WriteBatch batch, int family) {
        int size = HEADER_BYTES;
        for (Map.Entry<Bytes, Optional<Bytes>> change : batch.changes().entrySet()) {
            size += 1 + 3 * VARINT_BYTES_MAX + change.getKey().size();
            size += change.getValue().map(Bytes::size).orElse(0);
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(0).putInt(batch.changes().size());
        batch.changes().forEach((key, value) -> {
            out.put(value.isPresent() ? TAG_VALUE : TAG_DELETION);
            putVarint(out, family);
            putBytes(out, key);
            value.ifPresent(bytes -> putBytes(out, bytes));
        });
        byte[] encoded = new byte[out.position()];
        out.flip().get(encoded);
        return encoded;
    }

    private static void putBytes(ByteBuffer out, Bytes bytes) {
        putVarint(out, bytes.size());
        out.put(bytes.array());
    }

    private static void putVarint(ByteBuffer out, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }
}
