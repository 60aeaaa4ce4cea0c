package dev.reprise.embedded;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/** A log in memory whose disk stalls for a while: what is appended then gathers, and is readable later. */
final class StalledLog implements Log {
    private final Log log = new MemoryLog();

    /* Guarded by this. */
    private final List<Runnable> gathered = new ArrayList<>();
    private boolean stalled;
    private long gatheredBytes;

    synchronized void stall() {
        stalled = true;
    }

    synchronized void goOn() {
        stalled = false;
        gathered.forEach(Runnable::run);
        gathered.clear();
        gatheredBytes = 0;
    }

    /** How much was appended since it has stalled. */
    synchronized long gatheredBytes() {
        return gatheredBytes;
    }

    @Override
    public synchronized void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        if (stalled) {
            gathered.add(() -> log.append(partition, appendTimeMillis, payload, urgency));
            gatheredBytes += payload.size();
        } else {
            log.append(partition, appendTimeMillis, payload, urgency);
        }
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
    public synchronized void close() {
        gathered.clear();
        log.close();
    }
}
