package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one partition: first from the files, and once it has caught up, from memory, where the writer puts each record
 * as it becomes durable. A reader that falls far behind goes back to the files.
 */
final class FileLogReader implements LogReader {
    private static final int LIVE_RECORDS_MAX = 100_000;

    private final FileLog log;
    private final int partition;
    private final Runnable onRecords;

    /* Guarded by the log's lock. */
    private List<LogRecord> live = new ArrayList<>();
    private boolean isLive;
    private long scannedLsn;

    FileLogReader(FileLog log, int partition, long afterLsn, Runnable onRecords) {
        this.log = log;
        this.partition = partition;
        this.scannedLsn = afterLsn;
        this.onRecords = onRecords;
    }

    /** Takes a new durable record; called with the log's lock held. Answers whether the reader should be woken. */
    boolean offer(LogRecord record) {
        if (isLive && live.size() < LIVE_RECORDS_MAX) {
            live.add(record);
        } else if (isLive) {
            isLive = false;
        }
        return true;
    }

    void wake() {
        onRecords.run();
    }

    @Override
    public List<LogRecord> poll(int recordsMax) {
        log.lock().lock();
        try {
            if (!live.isEmpty()) {
                return takeLive(recordsMax);
            }
            if (log.isAtEnd(scannedLsn)) {
                isLive = true;
                return List.of();
            }
            if (isLive) {
                // Only other partitions' records have come since.
                return List.of();
            }
        } finally {
            log.lock().unlock();
        }
        List<LogRecord> found = new ArrayList<>();
        scannedLsn = log.readFiles(partition, scannedLsn, recordsMax, found);
        return found;
    }

    private List<LogRecord> takeLive(int recordsMax) {
        List<LogRecord> taken;
        if (live.size() <= recordsMax) {
            taken = live;
            live = new ArrayList<>();
        } else {
            taken = new ArrayList<>(live.subList(0, recordsMax));
            live = new ArrayList<>(live.subList(recordsMax, live.size()));
        }
        scannedLsn = taken.getLast().lsn();
        return taken;
    }

    @Override
    public void close() {}
}
