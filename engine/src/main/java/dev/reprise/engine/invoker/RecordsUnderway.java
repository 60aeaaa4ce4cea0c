package dev.reprise.engine.invoker;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many records the attempts of one invocation have proposed, and how many of these have been applied. Attempts
 * follow one another, and records are applied in the order in which they were proposed, so that a record's number says
 * when its turn has come. One thread at a time proposes; the partition's thread applies.
 */
final class RecordsUnderway {
    private final AtomicLong proposed = new AtomicLong();
    private long applied;

    /** Counts a record that is about to be proposed. */
    void propose() {
        proposed.getAndIncrement();
    }

    /** The number that the next record to be proposed will have, from 1. */
    long next() {
        return proposed.get() + 1;
    }

    /** Counts a record that was applied; answers its number. */
    long apply() {
        return ++applied;
    }

    /** Whether every record proposed so far has been applied. */
    boolean areApplied() {
        return applied >= proposed.get();
    }
}
