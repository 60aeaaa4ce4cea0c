/**
 * Our embedded engine beside another library of its kind, DBOS on PostgreSQL: the same flows in the caller's process,
 * by turns. Begin at {@link dev.reprise.benchmarks.embedded.DbosBenchmark}. The two sides are processes that run
 * {@link dev.reprise.benchmarks.embedded.FlowLoop} with flows of their own; that of DBOS is in module {@code peers}.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.benchmarks.embedded;
