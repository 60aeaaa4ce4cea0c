package dev.reprise.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The scenarios by name. */
final class Scenarios {
    private static final int SEEDS_PER_WORKER = 1_000;

    private static final Map<String, Function<Work, Scenario>> BY_NAME = new TreeMap<>(Map.of(
            "noop", _ -> noop(),
            "steps", work -> sums("steps", work),
            "parallel", work -> sums("parallel", work),
            "fanout", work -> sums("fanout", work),
            "race", _ -> race(),
            "sleepy", Scenarios::sleepy,
            "payload", work -> new Payloads((int) work.size()),
            "add", _ -> new OwnKeys(run()),
            "add-hot", _ -> new HotKey(run())));

    private Scenarios() {}

    static Scenario of(Work work) {
        return switch (work.scenario()) {
            case Work.SEND -> new Sends(work);
            case Work.ATTACH -> new Attaches(work.idsFile());
            default -> named(work);
        };
    }

    private static Scenario named(Work work) {
        Function<Work, Scenario> made = BY_NAME.get(work.scenario());
        if (made == null) {
            throw new IllegalArgumentException(
                    "Expected one of " + BY_NAME.keySet() + ", found \"" + work.scenario() + "\".");
        }
        return made.apply(work);
    }

    /** Tells the windows on one server apart. */
    private static long run() {
        return System.nanoTime() & 0xff_ffff_ffffL;
    }

    private static Scenario noop() {
        long run = run();
        return (worker, sequence) -> {
            String body = "\"" + run + "-" + worker + "-" + sequence + "\"";
            return Call.json("/Bench/noop", body, body);
        };
    }

    private static Scenario sums(String handler, Work work) {
        return (worker, sequence) -> {
            long seed = seed(worker, sequence);
            return Call.json("/Bench/" + handler, input(work.size(), seed, 0), Long.toString(sum(seed, work.size())));
        };
    }

    private static Scenario race() {
        return (worker, sequence) -> {
            long seed = seed(worker, sequence);
            return Call.json("/Bench/race", input(0, seed, 0), "\"call:" + seed + "\"");
        };
    }

    private static Scenario sleepy(Work work) {
        return (worker, sequence) -> {
            long seed = seed(worker, sequence);
            return Call.json("/Bench/sleepy", input(0, seed, work.size()), Long.toString(seed));
        };
    }

    private static String input(long n, long seed, long ms) {
        return "{\"n\":" + n + ",\"seed\":" + seed + ",\"ms\":" + ms + "}";
    }

    private static long seed(int worker, long sequence) {
        return (long) worker * SEEDS_PER_WORKER + sequence % SEEDS_PER_WORKER;
    }

    /** Of {@code count} numbers from {@code seed} on. */
    static long sum(long seed, long count) {
        return count * seed + count * (count - 1) / 2;
    }
}
