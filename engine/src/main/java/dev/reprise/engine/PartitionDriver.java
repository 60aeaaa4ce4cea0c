package dev.reprise.engine;

/**
 * Decides when an engine's partitions are called, and by which thread: one each, unless somebody else has the time in hand.
 * It belongs to one engine. The engine calls it from any thread.
 */
public interface PartitionDriver extends AutoCloseable {
    /** A thread for each partition, and one for all flushes. */
    static PartitionDriver threads() {
        return new PartitionThreads();
    }

    /**
     * Takes a partition over.
     *
     * @param partition its number, from 0
     */
    Drive drive(int partition, Driven driven);

    /** Flushes a partition's store, which may take long, soon and one after another. Must return at once. */
    void flush(Runnable flush);

    /** All drives were stopped: returns when no flush runs any more. */
    @Override
    void close();

    /** One partition, driven. Any thread. */
    interface Drive {
        /** From now on the partition is called. */
        void start();

        /** Lets it be polled soon. May come before the start. */
        void wakeUp();

        /** Ends it, unless it has failed, and returns when it has ended. */
        void stop();
    }

    /** A partition as its driver sees it. One thread calls it at a time, and each sees what the one before it did. */
    interface Driven {
        /** Does what there is to do; answers whether there may be more at once. What it throws is for {@link #fail}. */
        boolean poll();

        /**
         * How long {@link #poll} has nothing to do if nobody wakes it, as long as nobody sets the clock; {@link
         * Long#MAX_VALUE} for ever.
         */
        long idleMillis();

        /** How far it has come. */
        Standing standing();

        /** Keeps what it has and lets go of everything: the last call, unless it throws, which is for {@link #fail}. */
        void end();

        /** It has thrown something and stands still until an engine is started again: the last call. */
        void fail(Throwable cause);
    }

    /**
     * How far a partition has come.
     *
     * @param appliedLsn the last record that was applied
     * @param epoch that of the last leader it knows of
     * @param leads whether that is this one
     */
    record Standing(long appliedLsn, long epoch, boolean leads) {}
}
