package dev.reprise.engine.processor;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.store.KeyValueStore;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Flushes a partition's store once enough records have been applied since the last time, and then trims its log up to
 * there.
 */
public final class PartitionFlush {
    private final int partition;
    private final Log log;
    private final KeyValueStore rows;
    private final long everyBytes;
    private final Executor executor;
    private final Consumer<RuntimeException> onFailure;

    /**
     * Flushes the rows of a partition.
     *
     * @param executor runs the flush, which may take long
     * @param onFailure called by the executor when a flush failed; the log then stays as it is
     */
    public PartitionFlush(
            int partition, Log log, KeyValueStore rows, Executor executor, Consumer<RuntimeException> onFailure) {
        this.partition = partition;
        this.log = log;
        this.rows = rows;
        this.everyBytes = rows.flushEveryBytes();
        this.executor = executor;
        this.onFailure = onFailure;
    }

    /** Called on the processor's thread, between polls. */
    public void beginIfDue(PartitionProcessor processor) {
        if (processor.appliedBytes() >= everyBytes) {
            processor.commitIfRoom().ifPresent(lsn -> {
                processor.resetAppliedBytes();
                executor.execute(() -> flush(lsn));
            });
        }
    }

    /** Everything applied up to {@code lsn} is in the store by now. */
    private void flush(long lsn) {
        try {
            rows.flush();
            log.trim(partition, lsn);
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }
}
