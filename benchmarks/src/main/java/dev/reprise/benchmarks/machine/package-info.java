/**
 * What processes and the whole machine have used, as Linux counts it under {@code /proc}. Two readings and their
 * difference make a measurement.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.benchmarks.machine;
