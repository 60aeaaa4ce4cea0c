package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.load.LoadResult;
import dev.reprise.benchmarks.machine.ProcessUsage;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of a window of load. */
final class Values {
    static final String SERVER = "server";
    static final String SERVICE = "service";
    private static final double BYTES_PER_KIB = 1024;
    static final double KIB_PER_MIB = 1024;
    private static final double PERCENT = 100;
    private static final ProcessUsage NOTHING = new ProcessUsage(0, 0, 0, 0);

    private Values() {}

    static Map<String, Double> of(LoadResult result) {
        double answers = Math.max(1, result.answers());
        ProcessUsage server = result.processes().getOrDefault(SERVER, NOTHING);
        ProcessUsage service = result.processes().getOrDefault(SERVICE, NOTHING);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("per_s", result.perSecond());
        values.put("p50_ms", result.p50Millis());
        values.put("p90_ms", result.p90Millis());
        values.put("p99_ms", result.p99Millis());
        values.put("p999_ms", result.p999Millis());
        values.put("max_ms", result.maxMillis());
        values.put("server_cpu_ms", server.cpuMillis() / answers);
        values.put("service_cpu_ms", service.cpuMillis() / answers);
        values.put("server_peak_mib", server.peakKib() / KIB_PER_MIB);
        values.put("service_peak_mib", service.peakKib() / KIB_PER_MIB);
        values.put("written_kib", server.writtenBytes() / BYTES_PER_KIB / answers);
        values.put("disk_kib", result.diskBytes() / BYTES_PER_KIB / answers);
        values.put("idle_pct", PERCENT * result.idleShare());
        values.put("others_pct", PERCENT * result.othersShare());
        values.put("failures", (double) result.failures());
        return values;
    }
}
