package dev.reprise.protocol.wire;

import dev.reprise.protocol.ProtocolException;

/** Steps through a run of protobuf's wire format without leaving it. Used by one thread. */
final class ProtoReader {
    private final byte[] source;
    private final int end;
    private int position;

    ProtoReader(byte[] source, int from, int end) {
        this.source = source;
        this.end = end;
        position = from;
    }

    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position >= end;
    }

    /**
     * Reads a number of 1 to 10 bytes.
     *
     * @throws ProtocolException when it is longer, or the run ends inside it
     */
    long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (isAtEnd()) {
                throw new ProtocolException("the message ends inside a number");
            }
            byte next = source[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ProtocolException("a number is longer than ten bytes");
    }

    /**
     * Steps over the bytes of a field and answers where they begin.
     *
     * @throws ProtocolException when there are fewer
     */
    int skip(int field, long length) {
        int left = end - position;
        if (length < 0 || length > left) {
            throw new ProtocolException(
                    "field " + field + " claims " + Long.toUnsignedString(length) + " bytes, " + left + " are left");
        }
        int from = position;
        position += (int) length;
        return from;
    }
}
