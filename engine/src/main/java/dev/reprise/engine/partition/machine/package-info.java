/**
 * A partition as a pure state machine: records in, table changes and actions out.
 *
 * <p>Begin at {@link dev.reprise.engine.partition.machine.PartitionStateMachine}; its switch names one small class for
 * each family of records ({@code Starting}, {@code AttemptRecords}, {@code Pausing}, {@code Termination},
 * {@code NotificationRecords} …), and {@code JournalCommands} one for each family of a handler's commands. What they
 * decide happens in {@code Life}: every way of an invocation from one status to another, with a drawing of it. The
 * families know {@code Life} and never one another:
 *
 * <pre>
 * PartitionStateMachine ──► a family, JournalCommands ──► Life ──► ObjectQueue, Responses ──► Step ──► PartitionTables
 * </pre>
 *
 * <p>What is remembered lies in the {@link dev.reprise.engine.partition.machine.PartitionTables}, which nobody outside
 * this package can write; {@code Key} has the layout of every row. A leader reads what it must do again, and an attempt
 * what it begins with, from the tables; everybody else looks on by way of {@code partition.reads.PartitionReads}.
 *
 * <p>Nothing here reads a clock, draws a random number or does I/O other than reading the tables; a record brings the
 * time it was appended and every id that had to be drawn. One thread at a time.
 */
package dev.reprise.engine.partition.machine;
