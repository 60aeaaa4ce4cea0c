/**
 * A partition as a pure state machine: records in, table changes and actions out.
 *
 * <p>Begin at {@code PartitionStateMachine}. Nothing here reads a clock, draws a random number or does I/O other than
 * reading the tables; a record brings the time it was appended and every id that had to be drawn. One thread at a time.
 */
package dev.reprise.engine.partition;
