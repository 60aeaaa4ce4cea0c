package dev.reprise.engine.log.file;

import dev.reprise.engine.log.file.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One file of the log: frames with consecutive LSNs from {@link #firstLsn}. Only whoever holds the writing turn writes;
 * any thread may read what is durable, by a file of its own.
 */
final class Segment implements AutoCloseable {
    private static final int INITIAL_PARTITIONS = 16;

    private final long number;
    private final Path path;
    private final DiskFile file;
    private final long firstLsn;

    /* Used by whoever writes. */
    private long sizeBytes;

    /* Guarded by this. */
    private long durableBytes;
    private long lastLsn;
    /** The last LSN of each partition here, 0 for none. */
    private long[] lastLsns = new long[INITIAL_PARTITIONS];

    Segment(long number, Path path, DiskFile file, long firstLsn) {
        this.number = number;
        this.path = path;
        this.file = file;
        this.firstLsn = firstLsn;
        this.lastLsn = firstLsn - 1;
    }

    long number() {
        return number;
    }

    Path path() {
        return path;
    }

    long firstLsn() {
        return firstLsn;
    }

    /** Writes frames after the end; once they are {@link #force forced}, they can be {@link #publish published}. */
    void append(ByteBuffer frames) throws IOException {
        long end = durableBytes() + frames.remaining();
        if (sizeBytes < end) {
            sizeBytes = Math.max(end, file.size());
        }
        file.write(frames, durableBytes());
    }

    /** Whether so much fits into the file. Anything may be the first record. */
    boolean hasRoomFor(long bytes) throws IOException {
        long end = durableBytes();
        if (sizeBytes < end + bytes) {
            sizeBytes = file.size();
        }
        return end == 0 || end + bytes <= sizeBytes;
    }

    void force() throws IOException {
        file.force();
    }

    synchronized void publish(RecordBatch batch) {
        for (int place = 0; place < batch.size(); place++) {
            count(batch.partition(place), batch.record(place).lsn());
        }
        durableBytes += batch.bytes();
    }

    /** Adds a record found at open. */
    synchronized void found(int partition, long lsn, long endOfFrame) {
        count(partition, lsn);
        durableBytes = endOfFrame;
    }

    private void count(int partition, long lsn) {
        if (partition >= lastLsns.length) {
            lastLsns = Arrays.copyOf(lastLsns, Math.max(partition + 1, 2 * lastLsns.length));
        }
        lastLsns[partition] = lsn;
        lastLsn = lsn;
    }

    /** The file's size when it was last written to. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** How many bytes of the file are records that are durable and published. */
    synchronized long durableBytes() {
        return durableBytes;
    }

    synchronized long lastLsn() {
        return lastLsn;
    }

    /** The last LSN of a partition here, 0 if it has none. */
    synchronized long lastLsnOf(int partition) {
        return partition < lastLsns.length ? lastLsns[partition] : 0;
    }

    /** A number above that of every partition with a record here. */
    synchronized int partitionsEnd() {
        return lastLsns.length;
    }

    DiskFile file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
