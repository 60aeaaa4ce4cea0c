package dev.reprise.benchmarks.load;

import dev.reprise.benchmarks.Latencies;
import dev.reprise.benchmarks.machine.MachineUsage;
import dev.reprise.benchmarks.machine.ProcessUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The measured part of the load: readings of processes and machine at its ends, and the latencies between. */
final class Window {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_MILLI = 1e3;

    private final Map<String, Long> pids;
    private final Latencies latencies = new Latencies();
    private @Nullable Reading first;
    private @Nullable Reading last;

    Window(Map<String, Long> pids) {
        this.pids = pids;
    }

    private record Reading(
            long nanos, Map<String, ProcessUsage> processes, MachineUsage machine, ProcessUsage generator) {
        static Reading now(Map<String, Long> pids) {
            Map<String, ProcessUsage> processes = new LinkedHashMap<>();
            pids.forEach((name, pid) -> processes.put(name, ProcessUsage.of(pid)));
            return new Reading(
                    System.nanoTime(),
                    processes,
                    MachineUsage.now(),
                    ProcessUsage.of(ProcessHandle.current().pid()));
        }
    }

    boolean isOpen() {
        return first != null && last == null;
    }

    boolean hasEnded() {
        return last != null;
    }

    void open() {
        pids.values().forEach(ProcessUsage::resetPeak);
        first = Reading.now(pids);
    }

    void end() {
        last = Reading.now(pids);
    }

    void add(long nanos) {
        latencies.add(nanos);
    }

    LoadResult result(Failures failures, double lastSeconds) {
        Reading from = first;
        Reading to = last;
        if (from == null || to == null) {
            throw new IllegalStateException("the window has not ended");
        }
        Map<String, ProcessUsage> processes = new LinkedHashMap<>();
        to.processes.forEach(
                (name, usage) -> processes.put(name, usage.since(from.processes.getOrDefault(name, usage))));
        MachineUsage machine = to.machine.since(from.machine);
        long ownCpuMillis = to.generator.since(from.generator).cpuMillis();
        long watchedMillis =
                processes.values().stream().mapToLong(ProcessUsage::cpuMillis).sum();
        return new LoadResult(
                latencies.count(),
                failures.count(),
                failures.unfinished(),
                (to.nanos - from.nanos) / NANOS_PER_SECOND,
                millis(0.5),
                millis(0.9),
                millis(0.99),
                millis(0.999),
                millis(1),
                lastSeconds,
                processes,
                machine.diskBytes(),
                ownCpuMillis,
                machine.idleShare(),
                machine.othersShare(ownCpuMillis + watchedMillis),
                failures.first());
    }

    private double millis(double fraction) {
        return latencies.percentile(fraction) / MICROS_PER_MILLI;
    }
}
