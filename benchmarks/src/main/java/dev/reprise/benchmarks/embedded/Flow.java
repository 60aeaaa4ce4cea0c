package dev.reprise.benchmarks.embedded;

/** One durable flow from start to end, in the caller's thread. */
@FunctionalInterface
public interface Flow {
    /** Whether its result was the right one. */
    boolean isRight(long seed) throws Exception;
}
