package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.BenchmarkException;
import dev.reprise.benchmarks.lab.Row;
import dev.reprise.benchmarks.lab.Waiting;
import dev.reprise.benchmarks.machine.ProcessUsage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a step costs while the journal of its invocation grows: the first tenth of the steps beside the last. */
final class JournalGrowth implements Measurement {
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double BYTES_PER_KIB = 1024;

    private long seed;

    @Override
    public void measure(Lab lab, Side side, int round) throws IOException, InterruptedException {
        Lab.Pair pair = lab.start(side);
        for (int size : lab.settings().sizes()) {
            seed++;
            lab.awaitQuiet();
            Map<String, Double> values = new LinkedHashMap<>();
            ProcessUsage server = pair.serverUsage();
            ProcessUsage service = pair.serviceUsage();
            CpuWatch watch = lab.watch(pair);
            long begin = System.nanoTime();
            Http.Reply reply = Http.post(
                    pair.server().ingress("/Bench/growth"), "{\"n\":" + size + ",\"seed\":" + seed + ",\"ms\":0}");
            values.put("step_ms", Waiting.secondsSince(begin) * 1e3 / size);
            values.putAll(tenths(pair.service().startMicros(seed), size));
            values.put("server_cpu_ms", pair.serverUsage().since(server).cpuMillis() / (double) size);
            values.put("service_cpu_ms", pair.serviceUsage().since(service).cpuMillis() / (double) size);
            values.put("written_kib", pair.serverUsage().since(server).writtenBytes() / BYTES_PER_KIB / size);
            values.put("others_pct", watch.othersPercent());
            values.put("wrong", reply.body().equals(Long.toString(sum(size))) ? 0.0 : 1.0);
            lab.add(new Row("journal", size + " steps", side.toString(), round, values));
        }
        pair.server().remove();
    }

    private long sum(int size) {
        return size * seed + (long) size * (size - 1) / 2;
    }

    private static Map<String, Double> tenths(long[] startMicros, int size) {
        int tenth = Math.max(1, size / 10);
        if (startMicros.length <= tenth) {
            throw new BenchmarkException("Expected " + size + " steps to run, found " + startMicros.length
                    + ". Journals need at least 10 steps.");
        }
        int last = startMicros.length - 1;
        double first = (startMicros[tenth] - startMicros[0]) / MICROS_PER_MILLI / tenth;
        double end = (startMicros[last] - startMicros[last - tenth]) / MICROS_PER_MILLI / tenth;
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("first_tenth_ms", first);
        values.put("last_tenth_ms", end);
        values.put("last_to_first", end / first);
        values.put("run_again", (double) startMicros.length - size);
        return values;
    }
}
