/**
 * Load for an ingress. {@link dev.reprise.benchmarks.load.LoadGenerator} is a program of its own, so that its CPU time
 * can be told from that of everything else and every window begins with a JVM in the same state. It is given a
 * {@link dev.reprise.benchmarks.load.LoadPlan} and prints a {@link dev.reprise.benchmarks.load.LoadResult}.
 *
 * <p>Closed loop: each connection sends its next request when the answer to the last one has been read and checked. One
 * thread serves all connections with a selector, because a thread for each would cost the servers the cores that they
 * share with it.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.benchmarks.load;
