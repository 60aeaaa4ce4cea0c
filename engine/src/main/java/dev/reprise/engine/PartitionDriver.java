package dev.reprise.engine;

/**
 * Decides when an engine's partitions are called, and by which thread: each by its own, unless somebody else controls
 * time. It belongs to one engine, which calls it from any thread.
 */
public interface PartitionDriver extends AutoCloseable {
    /** A thread for each partition, and one for all flushes. */
    static PartitionDriver threads() {
        return new PartitionThreads();
    }

    /**
     * Takes over a partition.
     *
     * @param partition its number, from 0
     */
    Drive drive(int partition, Driven driven);

    /** Flushes a partition's store, which may take long; soon, and one after another. Must return at once. */
    void flush(Runnable flush);

    /** All drives have been stopped; returns when no flush is running any more. */
    @Override
    void close();

    /** The drive of one partition. Any thread. */
    interface Drive {
        /** Starts calling the partition. */
        void start();

        /** Has the partition polled soon. May be called before the start. */
        void wakeUp();

        /** Ends the partition, unless it has failed, and returns when it has ended. */
        void stop();
    }

    /** A partition as its driver sees it. One thread at a time calls it, and each sees what the one before it did. */
    interface Driven {
        /**
         * Does whatever there is to do; answers whether there may be more at once. An exception goes to {@link #fail}.
         */
        boolean poll();

        /**
         * How long {@link #poll} has nothing to do if nobody wakes it and nobody sets the clock; {@link Long#MAX_VALUE}
         * for ever.
         */
        long idleMillis();

        /** How far it has come. */
        Standing standing();

        /** Commits and closes everything: the last call, unless it throws; the exception then goes to {@link #fail}. */
        void end();

        /** It has thrown an exception and stands still until an engine is started again: the last call. */
        void fail(Throwable cause);
    }

    /**
     * How far a partition has come.
     *
     * @param appliedLsn the last record that was applied
     * @param epoch the epoch of the last leader it knows of
     * @param leads whether it leads itself
     */
    record Standing(long appliedLsn, long epoch, boolean leads) {}
}
