package dev.reprise.sdk.attempt;

import dev.reprise.sdk.RunThread;
import java.util.Objects;

/**
 * The threads on which this process executes the closures of runs. Immutable.
 *
 * @param byDefault the kind of thread for runs whose options do not name one
 * @param platformMax the most platform threads for closures, at least 1
 */
public record RunThreads(RunThread byDefault, int platformMax) {
    /** Virtual threads; for runs that ask for platform threads, as many as there are processors, but at least two. */
    public static final RunThreads DEFAULT =
            new RunThreads(RunThread.VIRTUAL, Math.max(2, Runtime.getRuntime().availableProcessors()));

    public RunThreads {
        Objects.requireNonNull(byDefault, "the kind of thread that executes closures by default");
        if (platformMax < 1) {
            throw new IllegalArgumentException(
                    "Expected at least 1 platform thread for the closures of runs, found " + platformMax + ".");
        }
    }

    /** The same, with another kind of thread for runs whose options do not name one. */
    public RunThreads withDefault(RunThread kind) {
        return new RunThreads(kind, platformMax);
    }

    /**
     * The same, with another number of platform threads.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public RunThreads withPlatformMax(int threads) {
        return new RunThreads(byDefault, threads);
    }
}
