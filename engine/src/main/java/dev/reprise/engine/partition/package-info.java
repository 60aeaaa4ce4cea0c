/**
 * What a partition is told, what it wants done, and the values in between, each with its stored form.
 *
 * <p>Begin at {@link dev.reprise.engine.partition.PartitionRecord}, which is all that comes in, and
 * {@link dev.reprise.engine.partition.Action}, all that leaves; what happens in between is in
 * {@code dev.reprise.engine.partition.machine}. {@link dev.reprise.engine.partition.Invocation} is what a partition
 * knows of an invocation, {@link dev.reprise.engine.partition.InvocationStatus} where that stands in its life.
 *
 * <p>A value writes and reads itself; what several share is in {@code Encodings}, and {@code PartitionRecordCodec} has
 * the form of every record. Everything here is an immutable value or a pure function: no clock, no random number, no
 * I/O.
 */
package dev.reprise.engine.partition;
