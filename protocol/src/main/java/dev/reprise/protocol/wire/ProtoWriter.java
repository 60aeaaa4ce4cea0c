package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.BytesBuilder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the protobuf wire format. As in proto3, a field of the default value is left out unless its presence matters.
 * Used by one thread.
 */
final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final BytesBuilder out = new BytesBuilder(64);

    /** What a field of a number begins with. */
    static byte[] numberTag(int field) {
        ProtoWriter writer = new ProtoWriter();
        writer.tag(field, VARINT);
        return writer.toBytes().array();
    }

    /** A number of 64 bits; left out when 0. */
    ProtoWriter uint64(int field, long value) {
        return value == 0 ? this : present(field, value);
    }

    /** A number of 32 bits without a sign; left out when 0. */
    ProtoWriter uint32(int field, int value) {
        return uint64(field, Integer.toUnsignedLong(value));
    }

    /** A number whose presence matters; left out when null. */
    ProtoWriter optional(int field, @Nullable Long value) {
        return value == null ? this : present(field, value);
    }

    /** A number whose presence matters; left out when null. */
    ProtoWriter optional(int field, @Nullable Integer value) {
        return value == null ? this : present(field, Integer.toUnsignedLong(value));
    }

    /** A text whose presence matters; left out when null. */
    ProtoWriter optional(int field, @Nullable String value) {
        return value == null ? this : presentBytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A number, also when 0. */
    ProtoWriter present(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /** A truth value; left out when false. */
    ProtoWriter bool(int field, boolean value) {
        return uint32(field, value ? 1 : 0);
    }

    /** A text; left out when empty. */
    ProtoWriter string(int field, String value) {
        return value.isEmpty() ? this : presentBytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes; left out when empty. */
    ProtoWriter bytes(int field, Bytes value) {
        return value.isEmpty() ? this : presentBytes(field, value.array());
    }

    /** Bytes, also when empty. */
    ProtoWriter presentBytes(int field, byte[] value) {
        tag(field, LENGTH_DELIMITED);
        varint(value.length);
        out.append(value);
        return this;
    }

    /** A nested message, also when empty. */
    ProtoWriter message(int field, ProtoWriter nested) {
        tag(field, LENGTH_DELIMITED);
        varint(nested.out.size());
        out.append(nested.out);
        return this;
    }

    Bytes toBytes() {
        return out.toBytes();
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        int at = out.reserve(sizeOf(value));
        byte[] array = out.array();
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[at++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        array[at] = (byte) rest;
    }

    /** Seven bits a byte, at least one. */
    private static int sizeOf(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }
}
