package dev.reprise.server;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.protocol.Bytes;

/** A log in memory that takes no more records from the moment a test says so, and is read on. */
public final class RefusingLog implements Log {
    private final Log log = new MemoryLog();
    private volatile boolean refuses;

    /** From now on. */
    public void refuse() {
        refuses = true;
    }

    @Override
    public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        if (refuses) {
            throw new LogException("the log takes no more records");
        }
        log.append(partition, appendTimeMillis, payload, urgency);
    }

    @Override
    public LogReader open(int partition, long afterLsn, Runnable onRecords) {
        return log.open(partition, afterLsn, onRecords);
    }

    @Override
    public void trim(int partition, long upToLsnInclusive) {
        log.trim(partition, upToLsnInclusive);
    }

    @Override
    public void close() {
        log.close();
    }
}
