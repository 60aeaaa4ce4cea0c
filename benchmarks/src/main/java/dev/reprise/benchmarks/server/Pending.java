package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.Row;
import dev.reprise.benchmarks.lab.Waiting;
import dev.reprise.benchmarks.load.LoadPlan;
import dev.reprise.benchmarks.load.LoadResult;
import dev.reprise.benchmarks.load.Work;
import dev.reprise.benchmarks.machine.ProcessUsage;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What very many invocations cost that wait for an hour, and how soon a killed server with them serves again. */
final class Pending implements Measurement {
    private static final int COUNT = 100_000;
    private static final int CONNECTIONS = 64;
    private static final double DEADLINE_SECONDS = 900;
    private static final Duration PARKED_MAX = Duration.ofMinutes(20);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final double MIB = 1024 * 1024;

    private final Kind kind;

    Pending(Kind kind) {
        this.kind = kind;
    }

    /** How they wait. */
    enum Kind {
        /** They are not begun yet. */
        DELAYED("/Bench/noop/send?delay=1h", "\"{seed}\""),
        /** Their handlers sleep and are suspended. */
        PARKED("/Bench/park/send", "{\"n\":0,\"seed\":{seed},\"ms\":3600000}");

        private final String path;
        private final String body;

        Kind(String path, String body) {
            this.path = path;
            this.body = body;
        }
    }

    @Override
    public void measure(Lab lab, Side side, int round) throws IOException, InterruptedException {
        int count = lab.settings().countOr(COUNT);
        Lab.Pair pair = lab.start(side);
        lab.awaitQuiet();
        Map<String, Double> values = accept(lab, pair, count);
        values.putAll(restart(pair));
        lab.add(new Row("pending", count + " " + kind.name().toLowerCase(Locale.ROOT), side.toString(), round, values));
        pair.server().remove();
    }

    private Map<String, Double> accept(Lab lab, Lab.Pair pair, int count) throws InterruptedException {
        ProcessUsage before = pair.serverUsage();
        CpuWatch watch = lab.watch(pair);
        Work work = Work.send(kind.path, kind.body);
        LoadPlan plan = LoadPlan.counted(pair.server().ingressPort(), work, CONNECTIONS, count, DEADLINE_SECONDS);
        LoadResult result = lab.load(pair, plan);
        double begunSeconds = result.lastSeconds();
        if (kind == Kind.PARKED) {
            begunSeconds += Waiting.until(
                    "all handlers to wait",
                    PARKED_MAX,
                    () -> pair.service().stats().parked() >= count);
        }
        Thread.sleep(SETTLING);
        ProcessUsage after = pair.serverUsage();
        ProcessUsage used = after.since(before);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("per_s", result.perSecond());
        values.put("accepted_s", result.lastSeconds());
        values.put("begun_s", begunSeconds);
        values.put("server_before_mib", before.residentKib() / Values.KIB_PER_MIB);
        values.put("server_mib", after.residentKib() / Values.KIB_PER_MIB);
        values.put("server_peak_mib", after.peakKib() / Values.KIB_PER_MIB);
        values.put("server_cpu_s", used.cpuMillis() / 1e3);
        values.put("written_mib", used.writtenBytes() / MIB);
        values.put("others_pct", watch.othersPercent());
        values.put("failures", (double) result.failures());
        return values;
    }

    private static Map<String, Double> restart(Lab.Pair pair) throws IOException, InterruptedException {
        Map<String, Double> values = new LinkedHashMap<>();
        ProcessUsage before = pair.serverUsage();
        Thread.sleep(SETTLING);
        double idleMillis = pair.serverUsage().since(before).cpuMillis();
        values.put("idle_cpu_pct", 100 * idleMillis / SETTLING.toMillis());
        pair.server().kill();
        long begin = System.nanoTime();
        values.put("healthy_s", pair.server().start());
        pair.server().awaitServing();
        values.put("serving_s", Waiting.secondsSince(begin));
        values.put("restarted_mib", pair.serverUsage().residentKib() / Values.KIB_PER_MIB);
        return values;
    }
}
