/**
 * Every order in which a handler's results can come, driven before production does it. Begin at {@link
 * dev.reprise.testkit.orders.Orders}; with JUnit, at {@link dev.reprise.testkit.orders.ExploreOrders}.
 *
 * <p>A {@code Course} is one execution of a handler, without an engine: it keeps the journal, and does one
 * {@code Event} after the other, such as that the result of a step comes, or a crash. Threads take turns, and time is
 * virtual, so the events alone decide what happens. An {@code Exploration} drives one course after the other, each
 * through another order, depth first. Each event leaves a {@code Footprint}: what it changed and what it depended on.
 * Of orders that differ only in events whose footprints do not touch, one is driven (sleep sets: Godefroid,
 * "Partial-Order Methods for the Verification of Concurrent Systems", 1996). What goes wrong is driven again with fewer
 * and fewer choices by {@code Shrinking}, and written by {@code OrderFile}.
 */
package dev.reprise.testkit.orders;
