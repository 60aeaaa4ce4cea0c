package dev.reprise.benchmarks.embedded;

/**
 * What came of one window.
 *
 * @param flow its name
 * @param steps how many durable steps or calls each flow has
 * @param threads how many ran at once
 * @param ended flows with the right result
 * @param failures flows without
 * @param seconds the length of the window
 * @param p50Millis of a flow
 * @param p99Millis of a flow
 * @param cpuMillis of the process and its database
 * @param diskBytes what went to the machine's disks
 * @param othersShare of the machine's cores, 0 to 1, that went to other processes
 */
public record FlowResult(
        String flow,
        int steps,
        int threads,
        long ended,
        long failures,
        double seconds,
        double p50Millis,
        double p99Millis,
        long cpuMillis,
        long diskBytes,
        double othersShare) {}
