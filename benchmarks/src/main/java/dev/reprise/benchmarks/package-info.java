/** What the speed claims rest on. Begin at {@code StepBenchmark}; the others are JMH's. */
@org.jspecify.annotations.NullMarked
package dev.reprise.benchmarks;
