package dev.reprise.engine.store.rocks;

import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.WriteBatch.Change;
import dev.reprise.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * RocksDB's serialized form of a write batch, so that a batch costs one native call instead of one a key.
 *
 * <p>The form: sequence number (8 bytes, filled in by RocksDB), number of entries (4 bytes, little-endian), then for
 * each entry a tag, the column family, the key and, for a put, the value; all lengths are varints (RocksDB,
 * {@code db/write_batch.cc}).
 */
final class RocksWriteBatch {
    private static final byte TAG_DELETION = 0x4;
    private static final byte TAG_VALUE = 0x5;
    private static final int HEADER_BYTES = 12;

    private RocksWriteBatch() {}

    static byte[] encode(WriteBatch batch, int family) {
        ByteBuffer out = ByteBuffer.allocate(sizeOf(batch, family)).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(0).putInt(batch.changes().size());
        batch.changes().forEach((key, change) -> {
            Bytes value = change.value();
            out.put(value == null ? TAG_DELETION : TAG_VALUE);
            putVarint(out, family);
            putBytes(out, key);
            if (value != null) {
                putBytes(out, value);
            }
        });
        return out.array();
    }

    private static int sizeOf(WriteBatch batch, int family) {
        int perChange = 1 + varintBytes(family);
        int size = HEADER_BYTES;
        for (Map.Entry<Bytes, Change> change : batch.changes().entrySet()) {
            Bytes value = change.getValue().value();
            size += perChange + sizeOf(change.getKey()) + (value == null ? 0 : sizeOf(value));
        }
        return size;
    }

    private static int sizeOf(Bytes bytes) {
        return varintBytes(bytes.size()) + bytes.size();
    }

    /** Seven bits a byte, at least one. */
    private static int varintBytes(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
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
