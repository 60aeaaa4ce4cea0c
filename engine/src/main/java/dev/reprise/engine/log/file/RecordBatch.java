package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The records of one write and one force, encoded as they arrive. Filled under the log's lock, then used by whoever
 * writes, and reused.
 */
final class RecordBatch {
    private static final int INITIAL_BYTES = 64 << 10;
    private static final int INITIAL_RECORDS = 256;

    private final CRC32C crc = new CRC32C();
    private final List<LogRecord> records = new ArrayList<>(INITIAL_RECORDS);
    private int[] partitions = new int[INITIAL_RECORDS];
    private ByteBuffer frames = ByteBuffer.allocate(INITIAL_BYTES);

    void add(int partition, LogRecord record) {
        byte[] payload = record.payload().array();
        int place = records.size();
        reserve(RecordFrame.sizeOf(payload.length));
        if (place == partitions.length) {
            partitions = Arrays.copyOf(partitions, 2 * place);
        }
        records.add(record);
        // Nothing below allocates: a record is in the batch wholly or not at all, even when memory runs out.
        partitions[place] = partition;
        RecordFrame.put(frames, partition, record.lsn(), record.appendTimeMillis(), place, payload);
    }

    private void reserve(int bytes) {
        if (frames.remaining() < bytes) {
            long wanted = Math.max(frames.position() + (long) bytes, 2L * frames.capacity());
            ByteBuffer larger = ByteBuffer.allocate((int) Math.min(wanted, Integer.MAX_VALUE - 8L));
            frames = larger.put(frames.flip());
        }
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** The size of all frames. */
    int bytes() {
        return frames.position();
    }

    int size() {
        return records.size();
    }

    LogRecord record(int place) {
        return records.get(place);
    }

    int partition(int place) {
        return partitions[place];
    }

    long firstLsn() {
        return records.getFirst().lsn();
    }

    long lastLsn() {
        return records.getLast().lsn();
    }

    /** The frames with their checksums, to be written. */
    ByteBuffer seal(int salt) {
        for (int at = 0; at < frames.position(); at += RecordFrame.sizeOf(RecordFrame.payloadBytes(frames, at))) {
            frames.putInt(at, RecordFrame.computeChecksum(frames, at, crc, salt));
        }
        return frames.duplicate().flip();
    }

    /** Empties the batch for its next use; one that grew beyond {@code bytesMax} releases its memory. */
    void clear(int bytesMax) {
        records.clear();
        if (frames.capacity() > bytesMax) {
            frames = ByteBuffer.allocate(INITIAL_BYTES);
        }
        frames.clear();
    }
}
