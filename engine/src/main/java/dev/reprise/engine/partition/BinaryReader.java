package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BinaryWriter} wrote. It trusts nothing: anything that is not of that form ends in a
 * {@link StoredFormatException}, and it allocates nothing for a size that the bytes cannot contain. Used by one thread.
 */
public final class BinaryReader {
    private static final VarHandle I16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;
    private int position;

    public BinaryReader(Bytes bytes) {
        this(bytes, 0);
    }

    /** Reads from behind the first bytes. */
    public BinaryReader(Bytes bytes, int skippedBytes) {
        this.array = bytes.array();
        take(skippedBytes);
    }

    public int u8() {
        return array[take(1)] & 0xFF;
    }

    public int u16() {
        return (short) I16.get(array, take(Short.BYTES)) & 0xFFFF;
    }

    public int i32() {
        return (int) I32.get(array, take(Integer.BYTES));
    }

    public long i64() {
        return (long) I64.get(array, take(Long.BYTES));
    }

    public boolean bool() {
        int value = u8();
        if (value > 1) {
            throw new StoredFormatException("a stored truth value is " + value + ", expected 0 or 1");
        }
        return value == 1;
    }

    public Bytes bytes() {
        return raw(size());
    }

    /** All bytes that are left. */
    public Bytes rest() {
        return raw(remaining());
    }

    public String text() {
        int length = size();
        int at = take(length);
        return new String(array, at, length, StandardCharsets.UTF_8);
    }

    public InvocationId id() {
        return new InvocationId(i64(), i64(), i64());
    }

    public <T> @Nullable T nullable(Function<BinaryReader, T> read) {
        return bool() ? read.apply(this) : null;
    }

    /** A list; each element takes at least one byte. */
    public <T> List<T> list(Function<BinaryReader, T> read) {
        int size = size();
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(read.apply(this));
        }
        return values;
    }

    /** An enum's constant by its stored number. */
    public <E> E oneOf(E[] constants) {
        int number = u8();
        if (number >= constants.length) {
            throw new StoredFormatException(
                    "a stored number is " + number + ", at most " + (constants.length - 1) + " is known");
        }
        return constants[number];
    }

    /** A format's version. */
    public BinaryReader format(int known, String what) {
        int found = u8();
        if (found != known) {
            throw new StoredFormatException(
                    "the stored " + what + " has format " + found + ", this version reads " + known);
        }
        return this;
    }

    /** Checks that nothing is left. */
    public void end() {
        if (remaining() > 0) {
            throw new StoredFormatException(remaining() + " stored bytes are left over");
        }
    }

    private int remaining() {
        return array.length - position;
    }

    /** The size of what follows, in bytes or in elements. */
    public int size() {
        int size = i32();
        if (size < 0 || size > remaining()) {
            throw new StoredFormatException("a stored size is " + size + ", but " + remaining() + " bytes are left");
        }
        return size;
    }

    private Bytes raw(int length) {
        int at = take(length);
        return Bytes.wrap(Arrays.copyOfRange(array, at, at + length));
    }

    private int take(int length) {
        int at = position;
        if (remaining() < length) {
            throw new StoredFormatException(
                    "stored bytes end early: " + length + " expected, " + remaining() + " left");
        }
        position = at + length;
        return at;
    }
}
