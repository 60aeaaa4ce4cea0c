package dev.reprise.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable run of bytes with value equality. Payloads travel in this form from the wire to the disk and back, so
 * that they are passed on and not copied.
 *
 * <p>Any thread may read it. The array given to {@link #wrap} belongs to the new value: the caller must not write to it
 * again, and nobody may write to {@link #array()}.
 */
public final class Bytes implements Comparable<Bytes> {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final VarHandle BEGINNING = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Takes ownership of {@code array} without a copy. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    /** Copies {@code array}. */
    public static Bytes copyOf(byte[] array) {
        return wrap(array.clone());
    }

    /** The UTF-8 form of {@code text}. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, not a copy. Must not be written to. */
    public byte[] array() {
        return array;
    }

    /** A copy the caller may write to. */
    public byte[] toArray() {
        return array.clone();
    }

    public int size() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    /** The bytes read as UTF-8; malformed input becomes replacement characters. */
    public String utf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    /** Orders by unsigned bytes, a prefix before what it begins. */
    @Override
    public int compareTo(Bytes other) {
        if (array.length >= Long.BYTES && other.array.length >= Long.BYTES) {
            // Most keys that are compared differ here, and this is cheaper.
            int beginnings = Long.compareUnsigned((long) BEGINNING.get(array, 0), (long) BEGINNING.get(other.array, 0));
            if (beginnings != 0) {
                return beginnings;
            }
        }
        return Arrays.compareUnsigned(array, other.array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** The size and the first bytes in hexadecimal, for logs. */
    @Override
    public String toString() {
        int shown = Math.min(array.length, 16);
        String hex = HexFormat.of().formatHex(array, 0, shown);
        return array.length + " bytes" + (shown == 0 ? "" : " " + hex + (shown < array.length ? "…" : ""));
    }
}
