package dev.reprise.sdk.attempt;

import dev.reprise.sdk.RunThread;
import java.util.Objects;

/**
 * The threads that the closures of runs get in this process. Immutable.
 *
 * @param byDefault the kind for runs whose options do not say one
 * @param platformMax how many platform threads there are at most for closures, at least 1
 */
public record RunThreads(RunThread byDefault, int platformMax) {
    /** Virtual threads, and as many platform threads as processors, but two at least, for runs that ask for one. */
    public static final RunThreads DEFAULT =
            new RunThreads(RunThread.VIRTUAL, Math.max(2, Runtime.getRuntime().availableProcessors()));

    public RunThreads {
        Objects.requireNonNull(byDefault, "the kind of thread that executes closures by default");
        if (platformMax < 1) {
            throw new IllegalArgumentException(
                    "Expected at least 1 platform thread for the closures of runs, found " + platformMax + ".");
        }
    }

    /** These, with another kind for runs whose options do not say one. */
    public RunThreads withDefault(RunThread kind) {
        return new RunThreads(kind, platformMax);
    }

    /**
     * These, with another number of platform threads.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public RunThreads withPlatformMax(int threads) {
        return new RunThreads(byDefault, threads);
    }
}
