package dev.reprise.engine.log.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A record as it stands in a segment. All numbers are big-endian; a frame begins at a multiple of eight bytes.
 *
 * <pre>
 * 0   checksum         4  CRC-32C of all that follows, padding left out; XOR the log's salt
 * 4   payload size     4
 * 8   LSN              8
 * 16  append time      8
 * 24  partition        4
 * 28  place in batch   4  how many records the batch has before this one
 * 32  payload, then zeros up to a multiple of eight
 * </pre>
 *
 * <p>The salt is the log's own, so that a file of another log is never taken for one of this. The LSN must be the one
 * expected, so what a recycled file held before is never taken for a record. A batch is written only after the one
 * before it was forced: a frame in batch B proves that all frames before B were durable once.
 */
final class RecordFrame {
    static final int HEADER_BYTES = 32;
    static final int ALIGNMENT = 8;
    /** Keeps a batch of one record below the largest array. */
    static final int PAYLOAD_BYTES_MAX = 1 << 30;

    private static final int CHECKED_FROM = 4;

    private RecordFrame() {}

    static int sizeOf(int payloadBytes) {
        return (HEADER_BYTES + payloadBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Puts a frame without its checksum at the buffer's position, which moves behind it. */
    static void put(ByteBuffer out, int partition, long lsn, long appendTimeMillis, int placeInBatch, byte[] payload) {
        int end = out.position() + sizeOf(payload.length);
        out.putInt(0).putInt(payload.length).putLong(lsn).putLong(appendTimeMillis);
        out.putInt(partition).putInt(placeInBatch).put(payload);
        while (out.position() < end) {
            out.put((byte) 0);
        }
    }

    static int checksum(ByteBuffer frames, int at) {
        return frames.getInt(at);
    }

    static int payloadBytes(ByteBuffer frames, int at) {
        return frames.getInt(at + 4);
    }

    static long lsn(ByteBuffer frames, int at) {
        return frames.getLong(at + 8);
    }

    static long appendTimeMillis(ByteBuffer frames, int at) {
        return frames.getLong(at + 16);
    }

    static int partition(ByteBuffer frames, int at) {
        return frames.getInt(at + 24);
    }

    static int placeInBatch(ByteBuffer frames, int at) {
        return frames.getInt(at + 28);
    }

    /** The checksum the frame at {@code at} must have; {@code frames} is backed by an array. */
    static int computeChecksum(ByteBuffer frames, int at, CRC32C crc, int salt) {
        int checkedBytes = HEADER_BYTES + payloadBytes(frames, at) - CHECKED_FROM;
        crc.reset();
        crc.update(frames.array(), frames.arrayOffset() + at + CHECKED_FROM, checkedBytes);
        return (int) crc.getValue() ^ salt;
    }
}
