package dev.reprise.engine.partition;

import dev.reprise.protocol.id.InvocationId;

/**
 * Which partition a partition key belongs to: the keys, as unsigned 64-bit numbers, are cut into equal ranges.
 *
 * @param count the number of partitions, at least 1; fixed for the life of the stored state
 */
public record Partitioning(int count) {
    public Partitioning {
        if (count < 1) {
            throw new IllegalArgumentException("the number of partitions must be at least 1, was " + count);
        }
    }

    /** The partition of a key, from 0. */
    public int partitionOf(long partitionKey) {
        return (int) Math.unsignedMultiplyHigh(partitionKey, count);
    }

    /** The partition an invocation lives in. */
    public int partitionOf(InvocationId id) {
        return partitionOf(id.partitionKey());
    }
}
