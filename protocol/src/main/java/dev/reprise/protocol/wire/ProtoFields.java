package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one protobuf message, split but not interpreted. As in protobuf, the last of several equal fields
 * counts and unknown fields are passed over; groups, which proto3 does not have, are refused. Bounds are checked while
 * splitting, so reading a field cannot leave the message. Immutable once split, except that it shares the message's
 * bytes.
 */
final class ProtoFields {
    private static final byte VARINT = 0;
    private static final byte FIXED64 = 1;
    private static final byte LENGTH_DELIMITED = 2;
    private static final byte FIXED32 = 5;

    private static final char REPLACEMENT = '\uFFFD';
    private static final int FIELD_NUMBER_MAX = 0x1FFF_FFFF;
    private static final ProtoFields NONE = new ProtoFields(new byte[0]);

    private final byte[] source;
    private int count;
    private int[] numbers = new int[8];
    private byte[] wireTypes = new byte[8];
    /** A varint's value; otherwise the field's offset and length in {@link #source}, 32 bits each. */
    private long[] values = new long[8];

    private ProtoFields(byte[] source) {
        this.source = source;
    }

    /**
     * Splits a message.
     *
     * @throws ProtocolException when the bytes are not a protobuf message
     */
    static ProtoFields of(Bytes message) {
        ProtoFields fields = new ProtoFields(message.array());
        fields.split(0, message.size());
        return fields;
    }

    boolean has(int field) {
        return indexOf(field) >= 0;
    }

    /** Which of some fields occurs last, as the members of a oneof overwrite each other; 0 when none does. */
    int lastOf(int... fields) {
        int last = -1;
        for (int field : fields) {
            last = Math.max(last, indexOf(field));
        }
        return last < 0 ? 0 : numbers[last];
    }

    long uint64(int field) {
        int index = indexOf(field);
        if (index < 0) {
            return 0;
        }
        require(index, VARINT);
        return values[index];
    }

    /** An unsigned number of 32 bits, as protobuf cuts longer ones. */
    int uint32(int field) {
        return (int) uint64(field);
    }

    boolean bool(int field) {
        return uint64(field) != 0;
    }

    @Nullable
    Integer optionalUint32(int field) {
        return has(field) ? Integer.valueOf(uint32(field)) : null;
    }

    @Nullable
    Long optionalUint64(int field) {
        return has(field) ? Long.valueOf(uint64(field)) : null;
    }

    @Nullable
    String optionalString(int field) {
        return has(field) ? string(field) : null;
    }

    /** A text of which the empty one means the same as none. */
    @Nullable
    String optionalNonEmpty(int field) {
        String text = string(field);
        return text.isEmpty() ? null : text;
    }

    Bytes bytes(int field) {
        int index = indexOf(field);
        return index < 0 ? Bytes.EMPTY : bytesAt(index);
    }

    String string(int field) {
        int index = indexOf(field);
        return index < 0 ? "" : stringAt(index);
    }

    /** A nested message; one without fields when it is absent. */
    ProtoFields message(int field) {
        int index = indexOf(field);
        return index < 0 ? NONE : messageAt(index);
    }

    List<ProtoFields> messages(int field) {
        return all(field, this::messageAt);
    }

    List<Bytes> allBytes(int field) {
        return all(field, this::bytesAt);
    }

    List<String> strings(int field) {
        return all(field, this::stringAt);
    }

    /** A repeated number, packed or not. */
    List<Integer> uint32s(int field) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (numbers[i] != field) {
                continue;
            }
            if (wireTypes[i] == VARINT) {
                found.add((int) values[i]);
            } else {
                unpack(i, found);
            }
        }
        return found;
    }

    private void unpack(int index, List<Integer> into) {
        require(index, LENGTH_DELIMITED);
        ProtoReader packed = new ProtoReader(source, offset(index), offset(index) + length(index));
        while (!packed.isAtEnd()) {
            into.add((int) packed.varint());
        }
    }

    private <T> List<T> all(int field, IntFunction<T> read) {
        List<T> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (numbers[i] == field) {
                found.add(read.apply(i));
            }
        }
        return found;
    }

    private int indexOf(int field) {
        for (int i = count - 1; i >= 0; i--) {
            if (numbers[i] == field) {
                return i;
            }
        }
        return -1;
    }

    private Bytes bytesAt(int index) {
        require(index, LENGTH_DELIMITED);
        return Bytes.wrap(Arrays.copyOfRange(source, offset(index), offset(index) + length(index)));
    }

    private String stringAt(int index) {
        require(index, LENGTH_DELIMITED);
        String text = new String(source, offset(index), length(index), StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(index);
        }
        return text;
    }

    /** Decodes once more and strictly, because the replacement of malformed input may also be in the input. */
    private void requireWellFormed(int index) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source, offset(index), length(index)));
        } catch (CharacterCodingException e) {
            throw new ProtocolException("field " + numbers[index] + " must be UTF-8 text");
        }
    }

    private ProtoFields messageAt(int index) {
        require(index, LENGTH_DELIMITED);
        ProtoFields nested = new ProtoFields(source);
        nested.split(offset(index), offset(index) + length(index));
        return nested;
    }

    private void require(int index, byte wireType) {
        if (wireTypes[index] != wireType) {
            throw new ProtocolException(
                    "field " + numbers[index] + " must have wire type " + wireType + ", has " + wireTypes[index]);
        }
    }

    private int offset(int index) {
        return (int) (values[index] >>> 32);
    }

    private int length(int index) {
        return (int) values[index];
    }

    private void split(int from, int end) {
        ProtoReader reader = new ProtoReader(source, from, end);
        while (!reader.isAtEnd()) {
            long tag = reader.varint();
            long field = tag >>> 3;
            if (field < 1 || field > FIELD_NUMBER_MAX) {
                throw new ProtocolException(
                        "field number " + field + " at byte " + reader.position() + " is out of range");
            }
            switch ((int) (tag & 7)) {
                case VARINT -> add((int) field, VARINT, reader.varint());
                case FIXED64 -> addRun((int) field, FIXED64, Long.BYTES, reader);
                case LENGTH_DELIMITED -> addRun((int) field, LENGTH_DELIMITED, reader.varint(), reader);
                case FIXED32 -> addRun((int) field, FIXED32, Integer.BYTES, reader);
                default -> throw new ProtocolException("wire type " + (tag & 7) + " of field " + field + " is unknown");
            }
        }
    }

    private void addRun(int field, byte wireType, long length, ProtoReader reader) {
        add(field, wireType, (long) reader.skip(field, length) << 32 | length);
    }

    private void add(int field, byte wireType, long value) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
            wireTypes = Arrays.copyOf(wireTypes, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        numbers[count] = field;
        wireTypes[count] = wireType;
        values[count] = value;
        count++;
    }
}
