package dev.reprise.benchmarks.load;

import java.util.HashMap;
import java.util.Map;

/** Counters, sixteen objects for each worker: the new value of each is known. After a failure it takes fresh ones. */
final class OwnKeys implements Scenario {
    private static final int KEYS = 16;

    private final long run;
    private final Map<Integer, Progress> workers = new HashMap<>();

    OwnKeys(long run) {
        this.run = run;
    }

    /** Of one worker. */
    private record Progress(int failures, long calls) {}

    @Override
    public Call next(int worker, long sequence) {
        Progress progress = workers.getOrDefault(worker, new Progress(0, 0));
        workers.put(worker, new Progress(progress.failures, progress.calls + 1));
        String key = run + "-" + worker + "-" + progress.failures + "-" + progress.calls % KEYS;
        return Call.json("/BenchObject/" + key + "/add", "1", Long.toString(progress.calls / KEYS + 1));
    }

    @Override
    public void failed(int worker) {
        workers.computeIfPresent(worker, (_, progress) -> new Progress(progress.failures + 1, 0));
    }
}
