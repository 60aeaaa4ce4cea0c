package dev.reprise.engine.invoker;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.partition.PartitionRecord;

/** Takes what a partition shall append to its log. Any thread. */
public interface Proposals {
    /**
     * Appends a record; it counts once it has been read back and applied.
     *
     * @throws dev.reprise.engine.log.LogException when the log is closed or has failed
     */
    void propose(PartitionRecord record, Log.Urgency urgency);

    /** The time that people see, in milliseconds since the epoch; somebody may set it. */
    long wallMillis();

    /** How time passes, in milliseconds; delays and timeouts are measured by it. */
    long steadyMillis();

    /** Runs a task of the invoker's on the partition's thread. */
    void execute(Runnable task);
}
