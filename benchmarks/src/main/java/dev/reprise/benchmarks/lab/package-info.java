/**
 * What benchmarks of processes share: {@link dev.reprise.benchmarks.lab.Child} processes that end with the benchmark,
 * and {@link dev.reprise.benchmarks.lab.Row}s of numbers that become {@link dev.reprise.benchmarks.lab.Tables}.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.benchmarks.lab;
