/**
 * What all parts of a simulation share. Begin at {@code World}: the dice, the queue of events and its clock, the trace,
 * and which {@code Fault}s there are. The threads of handlers run one at a time by the {@code Baton}.
 */
package dev.reprise.simulator.world;
