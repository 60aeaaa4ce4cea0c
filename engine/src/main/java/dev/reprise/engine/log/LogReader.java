package dev.reprise.engine.log;

import java.util.List;

/** Reads one partition's durable records in order. Used by one thread. */
public interface LogReader extends AutoCloseable {
    /**
     * The next durable records, oldest first; empty when there are none yet. It does not wait for new records, but it
     * may read from the disk and may write records that were appended. So the thread must not be interrupted.
     *
     * @param recordsMax the most records to return, at least 1
     * @throws LogException when the log has failed or is damaged
     */
    List<LogRecord> poll(int recordsMax);

    @Override
    void close();
}
