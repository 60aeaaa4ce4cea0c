/**
 * The wheel of a partition and the parts it drives. Begin at {@code PartitionProcessor}.
 *
 * <p>There is no thread here: the engine's {@code PartitionDriver} polls.
 */
package dev.reprise.engine.processor;
