package dev.reprise.engine.log;

import dev.reprise.protocol.Bytes;

/**
 * One record of a partition's log.
 *
 * @param lsn its position, growing within the partition
 * @param appendTimeMillis when it was appended, in milliseconds since the epoch
 * @param payload its content
 */
public record LogRecord(long lsn, long appendTimeMillis, Bytes payload) {}
