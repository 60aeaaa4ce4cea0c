package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.BenchmarkException;
import dev.reprise.benchmarks.lab.Row;
import dev.reprise.benchmarks.load.LoadPlan;
import dev.reprise.benchmarks.load.LoadResult;
import dev.reprise.benchmarks.load.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same load on one server, first alone and then beside calls that cannot go on: others should not notice. */
final class Fairness implements Measurement {
    private static final int QUEUED = 10_000;
    private static final int HANGING = 500;
    private static final int CONNECTIONS = 64;
    private static final double DEADLINE_SECONDS = 300;
    private static final Duration HOLD = Duration.ofHours(1);
    private static final List<Case> CASES = List.of(new Case("noop", 1), new Case("noop", 16), new Case("add", 16));

    private final Kind kind;

    Fairness(Kind kind) {
        this.kind = kind;
    }

    /** What cannot go on. */
    enum Kind {
        /** Calls of a service whose process is stopped: connections stay open and nothing is read any more. */
        ENDPOINT("calls of an endpoint that hangs"),
        /** Calls of one object that is held by the first of them. */
        KEY("calls queued at one key");

        private final String what;

        Kind(String what) {
            this.what = what;
        }
    }

    /** A load. */
    private record Case(String scenario, int connections) {}

    @Override
    public void measure(Lab lab, Side side, int round) throws IOException, InterruptedException {
        Lab.Pair pair = lab.start(side);
        Optional<Service> hanging = kind == Kind.ENDPOINT ? Optional.of(lab.startHangingService()) : Optional.empty();
        if (hanging.isPresent()) {
            pair.server().register(hanging.get());
        }
        windows(lab, pair); // so that what comes later is not better for being warmer
        Map<Case, LoadResult> without = windows(lab, pair);
        int stuck = kind == Kind.ENDPOINT
                ? lab.settings().countOr(HANGING)
                : lab.settings().countOr(QUEUED);
        if (hanging.isPresent()) {
            hanging.get().freeze();
            send(lab, pair, Work.send("/Hanging/hang/send", "{seed}"), stuck);
        } else {
            send(lab, pair, Work.send("/BenchObject/held/hold/send", Long.toString(HOLD.toMillis())), 1);
            send(lab, pair, Work.send("/BenchObject/held/add/send", "1"), stuck);
        }
        windows(lab, pair).forEach((one, with) -> {
            String work = one.scenario + " C=" + one.connections + " beside " + stuck + " " + kind.what;
            LoadResult alone = without.getOrDefault(one, with);
            lab.add(new Row("fairness", work, side.toString(), round, values(alone, with)));
        });
        if (hanging.isPresent()) {
            hanging.get().kill();
        }
        pair.server().remove();
    }

    private static Map<Case, LoadResult> windows(Lab lab, Lab.Pair pair) throws InterruptedException {
        Map<Case, LoadResult> results = new LinkedHashMap<>();
        for (Case one : CASES) {
            results.put(one, lab.measure(pair, Work.of(one.scenario, 0), one.connections));
        }
        return results;
    }

    private static void send(Lab lab, Lab.Pair pair, Work work, int count) throws InterruptedException {
        LoadPlan plan = LoadPlan.counted(pair.server().ingressPort(), work, CONNECTIONS, count, DEADLINE_SECONDS);
        LoadResult result = lab.load(pair, plan);
        if (result.failures() > 0) {
            throw new BenchmarkException(result.failures() + " of " + count + " sends to " + work.path()
                    + " failed, the first with: " + result.firstError());
        }
    }

    private static Map<String, Double> values(LoadResult without, LoadResult with) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("without_p50_ms", without.p50Millis());
        values.put("with_p50_ms", with.p50Millis());
        values.put("with_to_without", with.p50Millis() / without.p50Millis());
        values.put("without_p99_ms", without.p99Millis());
        values.put("with_p99_ms", with.p99Millis());
        values.put("without_per_s", without.perSecond());
        values.put("with_per_s", with.perSecond());
        values.put("others_pct", 100 * Math.max(without.othersShare(), with.othersShare()));
        values.put("failures", (double) without.failures() + with.failures());
        return values;
    }
}
