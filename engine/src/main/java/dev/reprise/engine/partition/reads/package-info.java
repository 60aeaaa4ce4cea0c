/**
 * A partition as others look at it: people, SQL, tests. Nothing here changes anything.
 *
 * <p>Begin at {@link dev.reprise.engine.partition.reads.PartitionReads}, which reads what is in the store, from any
 * thread. {@link dev.reprise.engine.partition.reads.BlockedInvocations} also sees changes that have been applied but
 * not written, and belongs to the partition's thread. Both know the layout of rows from {@code Key} and the tables of
 * {@code partition.machine}, which knows nothing of them.
 */
package dev.reprise.engine.partition.reads;
