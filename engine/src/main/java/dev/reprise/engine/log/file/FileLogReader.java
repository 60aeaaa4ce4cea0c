package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition. While it keeps up, it reads from memory, where the writer puts each record as it becomes
 * durable; otherwise it reads the files until it has caught up.
 */
final class FileLogReader implements LogReader {
    private final FileLog log;
    private final Disk disk;
    private final int partition;
    private final Runnable onRecords;
    private final long unreadBytesMax;

    /* Guarded by this: every durable record of the partition after unreadAfterLsn, and perhaps some before. */
    private ArrayDeque<LogRecord> unread = new ArrayDeque<>();
    private long unreadBytes;
    private long unreadAfterLsn;

    /* Used by the reading thread alone. */
    private long readLsn;
    private @Nullable SegmentReader files;

    /* Used by whoever writes. */
    private boolean marked;

    /** The last poll found nothing, so the reading thread has time. */
    private volatile boolean idle;

    FileLogReader(FileLog log, Disk disk, int partition, long afterLsn, long unreadBytesMax, Runnable onRecords) {
        this.log = log;
        this.disk = disk;
        this.partition = partition;
        this.readLsn = afterLsn;
        this.unreadBytesMax = unreadBytesMax;
        this.onRecords = onRecords;
    }

    int partition() {
        return partition;
    }

    /** Notes that records up to an LSN were durable before the first one was offered. */
    synchronized void begin(long durableLsn) {
        unreadAfterLsn = Math.max(unreadAfterLsn, durableLsn);
    }

    /** Takes the next durable record, which is in the files by now. Called by whoever writes. */
    synchronized void offer(LogRecord record) {
        unread.addLast(record);
        unreadBytes += bytesOf(record);
        if (unreadBytes > unreadBytesMax) {
            unread = new ArrayDeque<>();
            unreadBytes = 0;
            unreadAfterLsn = record.lsn();
        }
    }

    private static long bytesOf(LogRecord record) {
        return RecordFrame.sizeOf(record.payload().size());
    }

    /** Marks this reader to be woken; answers whether it was not marked before. */
    boolean mark() {
        boolean isNew = !marked;
        marked = true;
        return isNew;
    }

    void unmark() {
        marked = false;
    }

    void wake() {
        onRecords.run();
    }

    boolean isIdle() {
        return idle;
    }

    @Override
    public List<LogRecord> poll(int recordsMax) {
        if (recordsMax < 1) {
            throw new IllegalArgumentException("recordsMax must be at least 1, was " + recordsMax);
        }
        log.requireUsable();
        idle = false;
        List<LogRecord> found = new ArrayList<>();
        try {
            poll(recordsMax, found);
            if (found.isEmpty() && log.writeUrgent(this)) {
                poll(recordsMax, found);
            }
            idle = found.isEmpty();
            return found;
        } catch (IOException e) {
            throw new LogException("cannot read the records of partition " + partition + ": " + e, e);
        }
    }

    private void poll(int recordsMax, List<LogRecord> into) throws IOException {
        while (!pollMemory(recordsMax, into) && pollFiles(recordsMax, into)) {
            // The files had some records, and there is room for more.
        }
    }

    /** Takes the next records, if this reader has kept up; answers whether it has. */
    private synchronized boolean pollMemory(int recordsMax, List<LogRecord> into) throws IOException {
        if (readLsn < unreadAfterLsn) {
            return false;
        }
        closeFiles();
        while (into.size() < recordsMax && !unread.isEmpty()) {
            LogRecord next = unread.removeFirst();
            unreadBytes -= bytesOf(next);
            if (next.lsn() > readLsn) {
                into.add(next);
                readLsn = next.lsn();
            }
        }
        return true;
    }

    /** Takes the next records from one segment; answers whether to continue. */
    private boolean pollFiles(int recordsMax, List<LogRecord> into) throws IOException {
        long durableLsn = log.segments().durableLsn();
        Optional<Segment> segment = log.segments().firstWith(partition, readLsn);
        if (segment.isEmpty()) {
            readLsn = Math.max(readLsn, durableLsn);
            return true;
        }
        boolean enough;
        try {
            if (files == null || !files.reads(segment.get())) {
                closeFiles();
                files = new SegmentReader(
                        segment.get(), disk.openToRead(segment.get().path()), log.salt());
            }
            enough = files.read(partition, readLsn, recordsMax, into);
        } catch (IOException | LogException e) {
            log.requireNotTrimmed(partition, readLsn);
            throw e;
        }
        if (!into.isEmpty()) {
            readLsn = into.getLast().lsn();
        }
        return !enough && into.size() < recordsMax;
    }

    private void closeFiles() throws IOException {
        if (files != null) {
            files.close();
            files = null;
        }
    }

    @Override
    public void close() {
        log.forget(this);
        idle = false;
        try {
            closeFiles();
        } catch (IOException e) {
            throw new LogException("cannot close a file of the log: " + e, e);
        }
    }
}
