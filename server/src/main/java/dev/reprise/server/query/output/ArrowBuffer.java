package dev.reprise.server.query.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;

/**
 * A buffer in Arrow's format: growing bytes, with numbers in little-endian order. A large value is not copied into it,
 * but written from where it is, piece by piece.
 */
public final class ArrowBuffer {
    private static final byte[] PADDING = new byte[Long.BYTES];
    private static final int LARGE = 1 << 16;

    /** A large value that follows after this many of the bytes. */
    private record Large(int place, Object value) {}

    private final List<Large> larges = new ArrayList<>();
    private byte[] bytes = new byte[64];
    private int used;
    private int largeBytes;

    int size() {
        return used + largeBytes;
    }

    /** The size including the padding to a multiple of eight. */
    int paddedSize() {
        return (size() + 7) & ~7;
    }

    void putInt(int value) {
        reserve(Integer.BYTES).putInt(value);
        used += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES).putLong(value);
        used += Long.BYTES;
    }

    void put(byte[] added) {
        reserve(added.length).put(added);
        used += added.length;
    }

    /** Appends a text in UTF-8. */
    void put(String text) {
        if (text.length() < LARGE) {
            put(text.getBytes(StandardCharsets.UTF_8));
        } else {
            putLarge(text, Utf8Pieces.length(text));
        }
    }

    void put(ByteString added) {
        if (added.length() < LARGE) {
            put(added.getBytes());
        } else {
            putLarge(added, added.length());
        }
    }

    private void putLarge(Object value, long length) {
        larges.add(new Large(used, value));
        largeBytes = Math.toIntExact(Math.addExact(largeBytes, length));
        Math.addExact(used, largeBytes);
    }

    /** Sets or clears a bit; all bits before it must have been set or cleared. */
    void putBit(int index, boolean value) {
        if (index % Byte.SIZE == 0) {
            reserve(1).put((byte) 0);
            used++;
        }
        if (value) {
            bytes[index / Byte.SIZE] |= (byte) (1 << index % Byte.SIZE);
        }
    }

    private ByteBuffer reserve(int added) {
        if (bytes.length - used < added) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(used, added), bytes.length * 2));
        }
        return ByteBuffer.wrap(bytes, used, bytes.length - used).order(ByteOrder.LITTLE_ENDIAN);
    }

    void writePadded(OutputStream out) throws IOException {
        int written = 0;
        for (Large large : larges) {
            out.write(bytes, written, large.place() - written);
            written = large.place();
            switch (large.value()) {
                case ByteString value -> write(value, out);
                case Object text -> Utf8Pieces.write(text.toString(), out);
            }
        }
        out.write(bytes, written, used - written);
        out.write(PADDING, 0, paddedSize() - size());
    }

    private static void write(ByteString value, OutputStream out) throws IOException {
        for (int from = 0; from < value.length(); from += LARGE) {
            out.write(value.substring(from, Math.min(value.length(), from + LARGE))
                    .getBytes());
        }
    }
}
