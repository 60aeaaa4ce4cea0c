package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.log.file.Disk.DiskFile;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Walks over the frames of one file, reading it in chunks. Used by one thread. */
final class FrameScanner {
    private static final int CHUNK_BYTES = 256 << 10;

    private final DiskFile file;
    private final int salt;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).limit(0);
    private long chunkStart;
    private long position;

    /** A scanner whose first frame is at {@code position}. */
    FrameScanner(DiskFile file, long position, int salt) {
        this.file = file;
        this.salt = salt;
        this.position = position;
    }

    /** Where the present frame begins, or would begin. */
    long position() {
        return position;
    }

    void moveTo(long newPosition) {
        position = newPosition;
    }

    /**
     * Whether the header of a frame with this LSN is here, and the whole frame would end by {@code end}. Nobody may
     * write the bytes up to {@code end} meanwhile.
     */
    boolean isAt(long lsn, long end) throws IOException {
        if (!load(RecordFrame.HEADER_BYTES, end)) {
            return false;
        }
        int payloadBytes = RecordFrame.payloadBytes(chunk, at());
        return RecordFrame.lsn(chunk, at()) == lsn
                && payloadBytes >= 0
                && payloadBytes <= RecordFrame.PAYLOAD_BYTES_MAX
                && position + RecordFrame.sizeOf(payloadBytes) <= end;
    }

    /** Whether the frame here, known to have a header, has the right checksum. */
    boolean isIntact(long end) throws IOException {
        return load(frameBytes(), end)
                && RecordFrame.checksum(chunk, at()) == RecordFrame.computeChecksum(chunk, at(), crc, salt);
    }

    int partition() {
        return RecordFrame.partition(chunk, at());
    }

    int placeInBatch() {
        return RecordFrame.placeInBatch(chunk, at());
    }

    /** The record of the present frame, which is known to be intact. */
    LogRecord record() {
        int payloadFrom = chunk.arrayOffset() + at() + RecordFrame.HEADER_BYTES;
        byte[] payload =
                Arrays.copyOfRange(chunk.array(), payloadFrom, payloadFrom + RecordFrame.payloadBytes(chunk, at()));
        return new LogRecord(
                RecordFrame.lsn(chunk, at()), RecordFrame.appendTimeMillis(chunk, at()), Bytes.wrap(payload));
    }

    /** Moves past the present frame. */
    void skip() {
        position += frameBytes();
    }

    private int frameBytes() {
        return RecordFrame.sizeOf(RecordFrame.payloadBytes(chunk, at()));
    }

    private int at() {
        return (int) (position - chunkStart);
    }

    /** Loads {@code bytes} bytes from the position into the chunk; false if the file or {@code end} comes before. */
    private boolean load(int bytes, long end) throws IOException {
        if (position >= chunkStart && position + bytes <= chunkStart + chunk.limit()) {
            return true;
        }
        if (position + bytes > end) {
            return false;
        }
        if (chunk.capacity() < bytes) {
            chunk = ByteBuffer.allocate(bytes);
        }
        chunk.clear().limit((int) Math.min(chunk.capacity(), end - position));
        chunkStart = position;
        file.read(chunk, position);
        chunk.flip();
        return chunk.limit() >= bytes;
    }
}
