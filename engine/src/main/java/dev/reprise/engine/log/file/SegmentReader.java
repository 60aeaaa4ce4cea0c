package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.log.file.Disk.DiskFile;
import java.io.IOException;
import java.util.List;

/** Reads one partition's durable records from one segment, by a file of its own. Used by one thread. */
final class SegmentReader implements AutoCloseable {
    /** The size of one read: a node that starts after a crash may have to read many records, each of them large. */
    private static final long BYTES_MAX = 8L << 20;

    private final Segment segment;
    private final DiskFile file;
    private final FrameScanner scanner;
    private long nextLsn;

    SegmentReader(Segment segment, DiskFile file, int salt) {
        this.segment = segment;
        this.file = file;
        this.scanner = new FrameScanner(file, 0, salt);
        this.nextLsn = segment.firstLsn();
    }

    boolean reads(Segment other) {
        return segment == other;
    }

    /**
     * Adds the partition's next records behind an LSN until {@code into} has {@code sizeMax} or enough bytes, also from
     * segments before, or there are no more; answers whether it ended by the bytes.
     */
    boolean read(int partition, long afterLsn, int sizeMax, List<LogRecord> into) throws IOException {
        long bytes = into.stream().mapToLong(record -> record.payload().size()).sum();
        long lastLsn = segment.lastLsnOf(partition);
        long end = segment.durableBytes();
        while (nextLsn <= lastLsn && into.size() < sizeMax && bytes < BYTES_MAX) {
            if (!scanner.isAt(nextLsn, end)) {
                throw damaged();
            }
            if (nextLsn > afterLsn && scanner.partition() == partition) {
                if (!scanner.isIntact(end)) {
                    throw damaged();
                }
                LogRecord record = scanner.record();
                bytes += record.payload().size();
                into.add(record);
            }
            scanner.skip();
            nextLsn++;
        }
        return bytes >= BYTES_MAX;
    }

    private LogException damaged() {
        return new LogException("the log is damaged: LSN " + nextLsn + " should stand in " + segment.path()
                + " at byte " + scanner.position() + ", what is there is not that record. "
                + "Restore the folder from a copy.");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
