package dev.reprise.server.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A buffer of Arrow's: bytes that grow, numbers lowest byte first. */
final class ArrowBuffer {
    private static final byte[] PADDING = new byte[Long.BYTES];

    private byte[] bytes = new byte[64];
    private int size;

    int size() {
        return size;
    }

    /** The size with the padding to a multiple of eight. */
    int paddedSize() {
        return (size + 7) & ~7;
    }

    void putInt(int value) {
        reserve(Integer.BYTES).putInt(value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES).putLong(value);
        size += Long.BYTES;
    }

    void put(byte[] added) {
        reserve(added.length).put(added);
        size += added.length;
    }

    /** Sets or clears a bit; all before it must have been set or cleared. */
    void putBit(int index, boolean value) {
        if (index % Byte.SIZE == 0) {
            reserve(1).put((byte) 0);
            size++;
        }
        if (value) {
            bytes[index / Byte.SIZE] |= (byte) (1 << index % Byte.SIZE);
        }
    }

    private ByteBuffer reserve(int added) {
        if (bytes.length - size < added) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, added), bytes.length * 2));
        }
        return ByteBuffer.wrap(bytes, size, bytes.length - size).order(ByteOrder.LITTLE_ENDIAN);
    }

    void writePadded(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        out.write(PADDING, 0, paddedSize() - size);
    }
}
