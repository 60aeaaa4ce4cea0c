/**
 * Servers side by side, with the same load, the same service process and the same machine. Begin at
 * {@link dev.reprise.benchmarks.server.ServerBenchmark}; each {@code Measurement} is one kind of table.
 *
 * <p>A side is a server and a service, {@code ours/java}. Sides take turns, round after round, and each turn starts a
 * server on an empty folder, because a machine that others use is never twice the same.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.benchmarks.server;
