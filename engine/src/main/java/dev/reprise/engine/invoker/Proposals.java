package dev.reprise.engine.invoker;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.partition.PartitionRecord;

/** Takes records that a partition is to append to its log. Any thread. */
public interface Proposals {
    /**
     * Appends a record; it counts once it has been read back and applied.
     *
     * @throws dev.reprise.engine.log.LogException when the log is closed or has failed
     */
    void propose(PartitionRecord record, Log.Urgency urgency);

    /** The time that people see, in milliseconds since the epoch; somebody may set it. */
    long wallMillis();

    /** The steady clock, in milliseconds; delays and timeouts are measured by it. */
    long steadyMillis();

    /** Runs one of the invoker's tasks on the partition's thread. */
    void execute(Runnable task);
}
