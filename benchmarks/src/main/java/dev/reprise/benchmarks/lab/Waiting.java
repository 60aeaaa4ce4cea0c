package dev.reprise.benchmarks.lab;

import java.io.IOException;
import java.time.Duration;

/** Waits for conditions. */
public final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Waiting() {}

    /** Something that becomes true. While nobody listens yet, an {@link IOException} stands for false. */
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Waits until it holds and gives the seconds that took.
     *
     * @param what to name when it does not come to hold
     */
    public static double until(String what, Duration atMost, Condition condition) throws InterruptedException {
        long begin = System.nanoTime();
        String last = "";
        while (System.nanoTime() - begin < atMost.toNanos()) {
            try {
                if (condition.holds()) {
                    return secondsSince(begin);
                }
            } catch (IOException e) {
                last = ", last failure: " + e;
            }
            Thread.sleep(PAUSE);
        }
        throw new BenchmarkException("Waited " + atMost.toSeconds() + " s in vain for " + what + last);
    }

    public static double secondsSince(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1e9;
    }
}
