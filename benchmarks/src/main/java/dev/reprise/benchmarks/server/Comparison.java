package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.Row;
import dev.reprise.benchmarks.lab.WrongFlagException;
import dev.reprise.benchmarks.load.LoadResult;
import dev.reprise.benchmarks.load.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Throughput, latency and cost of each scenario at several concurrencies. */
final class Comparison implements Measurement {
    /** The largest payloads come last, because they leave servers with much memory. */
    private static final List<Case> CASES = List.of(
            new Case("noop", Work.of("noop", 0), 1, 16, 128, 512),
            new Case("add", Work.of("add", 0), 1, 16, 128),
            new Case("add-hot", Work.of("add-hot", 0), 16),
            new Case("steps10", Work.of("steps", 10), 1, 16, 128),
            new Case("parallel10", Work.of("parallel", 10), 1, 16, 128),
            new Case("fanout10", Work.of("fanout", 10), 1, 16, 128),
            new Case("race", Work.of("race", 0), 1, 16, 128),
            new Case("sleepy100ms", Work.of("sleepy", 100), 1, 16, 128),
            new Case("payload64k", Work.of("payload", 64 * 1024), 1, 16, 128),
            new Case("payload1m", Work.of("payload", 1024 * 1024), 1, 16));

    /** A scenario and how many of its requests are under way at once. */
    private record Case(String name, Work work, List<Integer> concurrencies) {
        Case(String name, Work work, Integer... concurrencies) {
            this(name, work, List.of(concurrencies));
        }
    }

    /** Fails if a scenario is not known. */
    static void check(Collection<String> scenarios) {
        Set<String> known = new TreeSet<>();
        CASES.forEach(one -> known.add(one.name));
        for (String scenario : scenarios) {
            if (!known.contains(scenario)) {
                throw new WrongFlagException("Expected scenarios of " + known + ", found \"" + scenario + "\".");
            }
        }
    }

    @Override
    public void measure(Lab lab, Side side, int round) throws IOException, InterruptedException {
        Lab.Pair pair = lab.start(side);
        for (Case one : wanted(lab.settings())) {
            for (int connections : one.concurrencies) {
                LoadResult result = lab.measure(pair, one.work, connections);
                String work = one.name + " C=" + connections;
                lab.add(new Row("compare", work, side.toString(), round, Values.of(result)));
                if (result.failures() > 0) {
                    lab.say(work + ": first failure: " + result.firstError());
                }
            }
        }
        pair.server().remove();
    }

    private static List<Case> wanted(Settings settings) {
        List<Case> wanted = new ArrayList<>();
        for (Case one : CASES) {
            if (settings.scenarios().isEmpty() || settings.scenarios().contains(one.name)) {
                List<Integer> at =
                        settings.concurrencies().isEmpty() ? one.concurrencies : List.copyOf(settings.concurrencies());
                wanted.add(new Case(one.name, one.work, at));
            }
        }
        return wanted;
    }
}
