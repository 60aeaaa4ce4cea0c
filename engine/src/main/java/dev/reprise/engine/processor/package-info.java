/**
 * The loop around a partition and what it drives. Begin at {@code PartitionProcessor}.
 *
 * <p>{@code PartitionThread} is the only thread here; the simulator polls without it.
 */
package dev.reprise.engine.processor;
