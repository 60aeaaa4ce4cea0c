/**
 * What must hold at every event. Begin at {@code Check}; {@code Checks} tells all of them what happens. They inspect a
 * {@code Replica}, which applies what is durable, and nodes and streams as {@code WatchedNode} and
 * {@code WatchedStream}.
 */
package dev.reprise.simulator.check;
