package dev.reprise.engine.log;

import dev.reprise.protocol.Bytes;

/**
 * The ordered, durable record of everything that happens to a node's partitions; the seam for distribution.
 *
 * <p>A record is *durable* once a {@link LogReader} returns it: a crash afterwards does not lose it. Records of one
 * partition are read in the order of their appends. LSNs grow within a partition, not always by one; the first is 1 or
 * more. Safe for use by any thread.
 */
public interface Log extends AutoCloseable {
    /** When an appended record must become durable. */
    enum Urgency {
        /** As soon as possible, because somebody waits for it. */
        NOW,
        /** Along with the next urgent record, or within a few milliseconds. */
        SOON
    }

    /**
     * Appends a record to a partition. Returns before it is durable; never waits for the disk.
     *
     * @param partition the partition's number, from 0
     * @param appendTimeMillis the record's time, in milliseconds since the epoch, as its readers will see it
     * @param payload the record's bytes
     * @throws LogException when the log is closed or has failed; the record was not appended
     */
    void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency);

    /**
     * Opens a reader of a partition's durable records after an LSN.
     *
     * @param afterLsn the last LSN that is not to be returned; 0 for all
     * @param onRecords called, from any thread, whenever records may have become readable or the log has failed; must
     *     return at once
     * @throws LogException when records after {@code afterLsn} were trimmed
     */
    LogReader open(int partition, long afterLsn, Runnable onRecords);

    /** Allows the log to forget a partition's records up to an LSN; it may keep them for longer. */
    void trim(int partition, long upToLsnInclusive);

    /** The log's health. Cheap enough to be asked for every request. */
    default LogHealth health() {
        return LogHealth.GOOD;
    }

    /** Makes what was appended durable and releases the files. */
    @Override
    void close();
}
