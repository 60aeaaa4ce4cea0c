/**
 * What the handlers do. Begin at {@code Programs}, which draws a {@code Program} of {@code Operation}s from an {@code
 * Argument}, and says what it must answer ({@code Expected}); {@code Services} are the handlers that run them.
 */
package dev.reprise.simulator.program;
