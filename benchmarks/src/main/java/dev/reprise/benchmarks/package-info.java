/**
 * What the speed claims rest on. Begin at {@code StepBenchmark}, which measures everything together;
 * {@code CodecBenchmark}, {@code ApplyBenchmark} and {@code AttemptBenchmark} are JMH's and measure one part each.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.benchmarks;
