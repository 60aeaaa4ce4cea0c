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

/** A log on the heap: a record is readable as soon as it is appended, and gone with the process. Any thread. */
public final class MemoryLog implements Log {
    private final TreeMap<Integer, TreeMap<Long, LogRecord>> partitions = new TreeMap<>();
    private final TreeMap<Integer, Runnable> listeners = new TreeMap<>();
    private long lastLsn;
    private boolean closed;

    @Override
    public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        Runnable listener;
        synchronized (this) {
            if (closed) {
                throw new LogException("the log is closed");
            }
            lastLsn++;
            records(partition).put(lastLsn, new LogRecord(lastLsn, appendTimeMillis, payload));
            listener = listeners.get(partition);
        }
        if (listener != null) {
            listener.run();
        }
    }

    @Override
    public synchronized LogReader open(int partition, long afterLsn, Runnable onRecords) {
        listeners.put(partition, onRecords);
        return new Reader(partition, afterLsn);
    }

    @Override
    public synchronized void trim(int partition, long upToLsnInclusive) {
        records(partition).headMap(upToLsnInclusive, true).clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private NavigableMap<Long, LogRecord> records(int partition) {
        return partitions.computeIfAbsent(partition, _ -> new TreeMap<>());
    }

    private final class Reader implements LogReader {
        private final int partition;
        private long lastRead;

        private Reader(int partition, long afterLsn) {
            this.partition = partition;
            this.lastRead = afterLsn;
        }

        @Override
        public List<LogRecord> poll(int recordsMax) {
            synchronized (MemoryLog.this) {
                NavigableMap<Long, LogRecord> rest = records(partition).tailMap(lastRead, false);
                List<LogRecord> found = new ArrayList<>(Math.min(recordsMax, rest.size()));
                for (LogRecord next : rest.values()) {
                    if (found.size() == recordsMax) {
                        break;
                    }
                    found.add(next);
                    lastRead = next.lsn();
                }
                return found;
            }
        }

        @Override
        public void close() {}
    }
}
