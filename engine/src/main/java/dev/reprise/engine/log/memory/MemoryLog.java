package dev.reprise.engine.log.memory;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A log on the heap: a record is readable as soon as it is appended, and gone with the process. Any thread.
 *
 * <p>Listeners are called on the appending thread.
 */
public final class MemoryLog implements Log {
    /* Guarded by this. */
    private final TreeMap<Integer, Partition> partitions = new TreeMap<>();
    private long lastLsn;
    private boolean closed;

    @Override
    public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        List<Reader> toWake;
        synchronized (this) {
            requireOpen();
            lastLsn++;
            Partition of = partition(partition);
            of.records.put(lastLsn, new LogRecord(lastLsn, appendTimeMillis, payload));
            toWake = List.copyOf(of.readers);
        }
        toWake.forEach(reader -> reader.onRecords.run());
    }

    @Override
    public synchronized LogReader open(int partition, long afterLsn, Runnable onRecords) {
        requireOpen();
        Partition of = partition(partition);
        if (afterLsn < of.goneLsn) {
            throw new LogException("partition " + partition + " wants records behind LSN " + afterLsn
                    + ", but they were trimmed up to LSN " + of.goneLsn);
        }
        if (afterLsn > lastLsn) {
            throw new LogException("partition " + partition + " wants records behind LSN " + afterLsn
                    + ", but the log ends with LSN " + lastLsn + ". It is not the log that was read before.");
        }
        Reader reader = new Reader(of, afterLsn, onRecords);
        of.readers.add(reader);
        return reader;
    }

    @Override
    public synchronized void trim(int partition, long upToLsnInclusive) {
        requireOpen();
        Partition of = partition(partition);
        NavigableMap<Long, LogRecord> gone = of.records.headMap(upToLsnInclusive, true);
        if (!gone.isEmpty()) {
            of.goneLsn = gone.lastKey();
            gone.clear();
        }
    }

    @Override
    public void close() {
        List<Reader> toWake = new ArrayList<>();
        synchronized (this) {
            closed = true;
            partitions.values().forEach(partition -> toWake.addAll(partition.readers));
        }
        toWake.forEach(reader -> reader.onRecords.run());
    }

    private void requireOpen() {
        if (closed) {
            throw new LogException("the log is closed");
        }
    }

    private Partition partition(int partition) {
        return partitions.computeIfAbsent(partition, _ -> new Partition());
    }

    private static final class Partition {
        private final NavigableMap<Long, LogRecord> records = new TreeMap<>();
        private final List<Reader> readers = new ArrayList<>();
        private long goneLsn;
    }

    private final class Reader implements LogReader {
        private final Partition partition;
        private final Runnable onRecords;
        private long readLsn;

        private Reader(Partition partition, long afterLsn, Runnable onRecords) {
            this.partition = partition;
            this.readLsn = afterLsn;
            this.onRecords = onRecords;
        }

        @Override
        public List<LogRecord> poll(int recordsMax) {
            if (recordsMax < 1) {
                throw new IllegalArgumentException("recordsMax must be at least 1, was " + recordsMax);
            }
            synchronized (MemoryLog.this) {
                requireOpen();
                if (readLsn < partition.goneLsn) {
                    throw new LogException("records behind LSN " + readLsn + " were trimmed before they were read");
                }
                List<LogRecord> found = new ArrayList<>();
                for (LogRecord next : partition.records.tailMap(readLsn, false).values()) {
                    if (found.size() == recordsMax) {
                        break;
                    }
                    found.add(next);
                    readLsn = next.lsn();
                }
                return found;
            }
        }

        @Override
        public void close() {
            synchronized (MemoryLog.this) {
                partition.readers.remove(this);
            }
        }
    }
}
