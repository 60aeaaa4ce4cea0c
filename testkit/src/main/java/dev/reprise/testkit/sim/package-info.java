/**
 * The whole engine with the real SDK in one logical thread, where everything that happens is drawn from a seed: what the
 * handlers do, what goes wrong, and when. The same seed is the same simulation, event by event.
 *
 * <p>Begin at {@code Simulation}. {@code Cluster} runs real engines ({@code SimulatedNode}) on a simulated log, store,
 * clock and transport, called by {@code QueueDriver}; {@code SimulatedDeployment} is the process of the handlers, whose threads run one at a
 * time by the {@code Baton}; {@code Chaos} and {@code Fault} say what goes wrong. {@code Programs} draws the handlers, and
 * what they must answer. A {@code Check} holds at every event.
 */
package dev.reprise.testkit.sim;
