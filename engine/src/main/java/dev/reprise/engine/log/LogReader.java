package dev.reprise.engine.log;

import java.util.List;

/** Reads one partition's durable records in order. Used by one thread. */
public interface LogReader extends AutoCloseable {
    /**
     * The next durable records, oldest first; empty when there are none yet. Does not wait for records to be appended, but
     * may read from the disk, and write what was appended: so the thread must not be interrupted.
     *
     * @param recordsMax the most records to return, at least 1
     * @throws LogException when the log has failed or is damaged
     */
    List<LogRecord> poll(int recordsMax);

    @Override
    void close();
}
