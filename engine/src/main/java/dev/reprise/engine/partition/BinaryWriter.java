package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the engine's own stored forms: fixed-width big-endian numbers, length-prefixed bytes. Used by one thread. */
final class BinaryWriter {
    private ByteBuffer buffer = ByteBuffer.allocate(128);

    BinaryWriter u8(int value) {
        reserve(1).put((byte) value);
        return this;
    }

    BinaryWriter u16(int value) {
        reserve(2).putShort((short) value);
        return this;
    }

    BinaryWriter i32(int value) {
        reserve(4).putInt(value);
        return this;
    }

    BinaryWriter i64(long value) {
        reserve(8).putLong(value);
        return this;
    }

    BinaryWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** Bytes without their length, for the end of a key. */
    BinaryWriter raw(Bytes value) {
        reserve(value.size()).put(value.array());
        return this;
    }

    BinaryWriter bytes(Bytes value) {
        return i32(value.size()).raw(value);
    }

    BinaryWriter text(String value) {
        return bytes(Bytes.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    BinaryWriter id(InvocationId value) {
        value.write(reserve(InvocationId.BYTES));
        return this;
    }

    <T> BinaryWriter nullable(@Nullable T value, BiConsumer<BinaryWriter, T> write) {
        bool(value != null);
        if (value != null) {
            write.accept(this, value);
        }
        return this;
    }

    <T> BinaryWriter list(List<T> values, BiConsumer<BinaryWriter, T> write) {
        i32(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    Bytes toBytes() {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return Bytes.wrap(bytes);
    }

    private ByteBuffer reserve(int length) {
        if (buffer.remaining() < length) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + length);
            buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
        }
        return buffer;
    }
}
