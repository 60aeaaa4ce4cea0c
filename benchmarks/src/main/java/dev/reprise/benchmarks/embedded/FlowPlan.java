package dev.reprise.benchmarks.embedded;

import java.util.List;

/**
 * What one side is to do.
 *
 * @param folder for its data; empty where a database has them
 * @param databaseUrl JDBC's, with the user; empty for none
 * @param databasePid the process whose CPU time counts, with its children; 0 for none
 * @param concurrencies how many threads run flows at once, one window for each
 * @param warmupSeconds before each window
 * @param seconds the length of a window
 */
public record FlowPlan(
        String folder,
        String databaseUrl,
        long databasePid,
        List<Integer> concurrencies,
        double warmupSeconds,
        double seconds) {
    public FlowPlan {
        concurrencies = List.copyOf(concurrencies);
    }
}
