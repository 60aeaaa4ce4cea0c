package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.Row;
import dev.reprise.benchmarks.lab.Waiting;
import dev.reprise.benchmarks.load.LoadPlan;
import dev.reprise.benchmarks.load.LoadResult;
import dev.reprise.benchmarks.load.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A server is killed with very many invocations under way and started again. Each of them must come to its end with the
 * right result, and no closure may run again whose recorded result its handler has been given.
 */
final class Recovery implements Measurement {
    private static final int COUNT = 10_000;
    private static final int CONNECTIONS = 64;
    private static final double DEADLINE_SECONDS = 600;
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

    private final Kind kind;

    Recovery(Kind kind) {
        this.kind = kind;
    }

    /** Where they are when the server is killed. */
    enum Kind {
        /** All asleep, and due by the restart. */
        SUSPENDED(3, 60_000, "", Duration.ofSeconds(3), Duration.ofSeconds(61)),
        /** All begun at once by a timer, a quarter of them complete. */
        MIDWAY(5, 200, "?delay=30s", Duration.ZERO, Duration.ofSeconds(1));

        private final int steps;
        private final long sleepMillis;
        private final String query;
        private final Duration beforeKill;
        private final Duration beforeRestart;

        Kind(int steps, long sleepMillis, String query, Duration beforeKill, Duration beforeRestart) {
            this.steps = steps;
            this.sleepMillis = sleepMillis;
            this.query = query;
            this.beforeKill = beforeKill;
            this.beforeRestart = beforeRestart;
        }
    }

    @Override
    public void measure(Lab lab, Side side, int round) throws IOException, InterruptedException {
        int count = lab.settings().countOr(COUNT);
        Lab.Pair pair = lab.start(side);
        lab.awaitQuiet();
        Path ids = lab.settings().out().resolve("ids.tsv");
        LoadResult sent = send(lab, pair, count, ids);
        awaitPointOfKill(pair.service(), count);
        pair.server().kill();
        long completeAtKill = pair.service().stats().completed();
        Thread.sleep(kind.beforeRestart);
        Map<String, Double> values = restart(lab, pair, count, completeAtKill);
        values.putAll(collect(lab, pair, count, ids));
        values.put("failures", (double) sent.failures());
        lab.add(new Row(
                "recovery", count + " " + kind.name().toLowerCase(Locale.ROOT), side.toString(), round, values));
        pair.server().remove();
    }

    private LoadResult send(Lab lab, Lab.Pair pair, int count, Path ids) throws InterruptedException {
        String body = "{\"n\":" + kind.steps + ",\"seed\":{seed},\"ms\":" + kind.sleepMillis + "}";
        Work work = Work.send("/Bench/recover/send" + kind.query, body, kind.steps, ids.toString());
        return lab.load(
                pair, LoadPlan.counted(pair.server().ingressPort(), work, CONNECTIONS, count, DEADLINE_SECONDS));
    }

    private void awaitPointOfKill(Service service, int count) throws InterruptedException {
        Waiting.until(
                "the moment to kill the server",
                WAIT_MAX,
                () -> kind == Kind.SUSPENDED
                        ? service.stats().runs() >= count
                        : service.stats().completed() >= count / 4);
        Thread.sleep(kind.beforeKill);
    }

    private static Map<String, Double> restart(Lab lab, Lab.Pair pair, int count, long completeAtKill)
            throws IOException, InterruptedException {
        Service service = pair.service();
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("complete_at_kill", (double) completeAtKill);
        long begin = System.nanoTime();
        double healthySeconds = pair.server().start();
        CpuWatch watch = lab.watch(pair);
        Waiting.until(
                "a first completion",
                WAIT_MAX,
                () -> service.stats().completed() > Math.min(completeAtKill, count - 1));
        double firstSeconds = Waiting.secondsSince(begin);
        Waiting.until("all completions", WAIT_MAX, () -> service.stats().completed() >= count);
        values.put("healthy_s", healthySeconds);
        values.put("first_s", firstSeconds);
        values.put("seconds", Waiting.secondsSince(begin));
        values.put("others_pct", watch.othersPercent());
        return values;
    }

    private Map<String, Double> collect(Lab lab, Lab.Pair pair, int count, Path ids)
            throws IOException, InterruptedException {
        LoadResult collected = lab.load(
                pair,
                LoadPlan.counted(
                        pair.server().ingressPort(),
                        Work.attach(ids.toString()),
                        CONNECTIONS,
                        count,
                        DEADLINE_SECONDS));
        Service.Stats stats = pair.service().stats();
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("run_again", (double) stats.reruns());
        values.put("violations", (double) stats.violations());
        values.put("wrong", (double) collected.errors());
        values.put("lost", (double) collected.unfinished());
        values.put("server_mib", pair.serverUsage().residentKib() / Values.KIB_PER_MIB);
        return values;
    }
}
