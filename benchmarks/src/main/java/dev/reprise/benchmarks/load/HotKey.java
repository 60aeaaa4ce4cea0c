package dev.reprise.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** One counter for all workers: no value may come twice. */
final class HotKey implements Scenario {
    private final long run;
    private final Set<Long> seen = new HashSet<>();

    HotKey(long run) {
        this.run = run;
    }

    @Override
    public Call next(int worker, long sequence) {
        return Call.json("/BenchObject/hot-" + run + "/add", "1", "");
    }

    @Override
    public boolean isRight(Call call, byte[] answer) {
        return seen.add(Long.parseLong(new String(answer, StandardCharsets.ISO_8859_1)));
    }
}
