package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.BytesBuilder;
import dev.reprise.protocol.id.InvocationId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the engine's own stored forms: fixed-width big-endian numbers, length-prefixed bytes. Used by one thread. */
public final class BinaryWriter {
    private static final VarHandle I16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final BytesBuilder out;

    public BinaryWriter() {
        this(128);
    }

    /** A writer that knows how much will come; see {@link BytesBuilder#BytesBuilder}. */
    public BinaryWriter(int expectedBytes) {
        out = new BytesBuilder(expectedBytes);
    }

    public BinaryWriter u8(int value) {
        int at = out.reserve(1);
        out.array()[at] = (byte) value;
        return this;
    }

    public BinaryWriter u16(int value) {
        int at = out.reserve(Short.BYTES);
        I16.set(out.array(), at, (short) value);
        return this;
    }

    public BinaryWriter i32(int value) {
        int at = out.reserve(Integer.BYTES);
        I32.set(out.array(), at, value);
        return this;
    }

    public BinaryWriter i64(long value) {
        int at = out.reserve(Long.BYTES);
        I64.set(out.array(), at, value);
        return this;
    }

    public BinaryWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** Bytes without their length, for the end of a key or a value. */
    public BinaryWriter raw(Bytes value) {
        return raw(value.array());
    }

    private BinaryWriter raw(byte[] value) {
        out.append(value);
        return this;
    }

    public BinaryWriter bytes(Bytes value) {
        return i32(value.size()).raw(value);
    }

    public BinaryWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return i32(utf8.length).raw(utf8);
    }

    public BinaryWriter id(InvocationId value) {
        return i64(value.partitionKey()).i64(value.uuidHigh()).i64(value.uuidLow());
    }

    public <T> BinaryWriter nullable(@Nullable T value, BiConsumer<BinaryWriter, T> write) {
        bool(value != null);
        if (value != null) {
            write.accept(this, value);
        }
        return this;
    }

    public <T> BinaryWriter list(List<T> values, BiConsumer<BinaryWriter, T> write) {
        i32(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    public Bytes toBytes() {
        return out.toBytes();
    }
}
