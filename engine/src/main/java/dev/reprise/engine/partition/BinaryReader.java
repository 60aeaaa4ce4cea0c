package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryWriter} wrote. Used by one thread. */
final class BinaryReader {
    private final ByteBuffer buffer;

    BinaryReader(Bytes bytes) {
        this.buffer = ByteBuffer.wrap(bytes.array());
    }

    int u8() {
        return need(1).get() & 0xFF;
    }

    int u16() {
        return need(2).getShort() & 0xFFFF;
    }

    int i32() {
        return need(4).getInt();
    }

    long i64() {
        return need(8).getLong();
    }

    boolean bool() {
        return u8() != 0;
    }

    Bytes bytes() {
        return raw(i32());
    }

    /** All that is left. */
    Bytes rest() {
        return raw(buffer.remaining());
    }

    String text() {
        return bytes().utf8();
    }

    InvocationId id() {
        return InvocationId.read(need(InvocationId.BYTES));
    }

    <T> @Nullable T nullable(Function<BinaryReader, T> read) {
        return bool() ? read.apply(this) : null;
    }

    <T> List<T> list(Function<BinaryReader, T> read) {
        int size = i32();
        List<T> values = new ArrayList<>(Math.min(Math.max(size, 0), buffer.remaining()));
        for (int i = 0; i < size; i++) {
            values.add(read.apply(this));
        }
        return values;
    }

    /** An enum's constant by its stored number. */
    <E> E oneOf(E[] constants) {
        int number = u8();
        if (number >= constants.length) {
            throw new StoredFormatException(
                    "a stored number is " + number + ", at most " + (constants.length - 1) + " is known");
        }
        return constants[number];
    }

    private Bytes raw(int size) {
        if (size < 0) {
            throw new StoredFormatException("a stored size is negative: " + size);
        }
        byte[] bytes = new byte[need(size).remaining() >= size ? size : 0];
        buffer.get(bytes);
        return Bytes.wrap(bytes);
    }

    private ByteBuffer need(int size) {
        if (buffer.remaining() < size) {
            throw new StoredFormatException(
                    "stored bytes end early: " + size + " wanted, " + buffer.remaining() + " left",
                    new BufferUnderflowException());
        }
        return buffer;
    }
}
