/** The flows of {@code dev.reprise.benchmarks.embedded} with DBOS Transact on PostgreSQL. */
@org.jspecify.annotations.NullMarked
package dev.reprise.peers.dbos;
