/**
 * The whole engine with the real SDK in one logical thread, where a seed decides everything that happens: what the
 * handlers do, what goes wrong, and when. The same seed gives the same simulation, event by event.
 *
 * <p>Begin at {@code Simulation}. {@code Cluster} runs real engines ({@code SimulatedNode}) on a simulated log, store,
 * clock and transport, called by {@code QueueDriver}; {@code SimulatedDeployment} is the process of the handlers.
 * {@code Workload}, {@code Operator} and {@code Chaos} decide what clients ask for and what goes wrong by itself.
 */
package dev.reprise.simulator;
