package dev.reprise.benchmarks.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param sides to be measured by turns
 * @param scenarios names of scenarios to compare; empty for all
 * @param concurrencies those to compare at; empty for each scenario's own
 * @param seconds the length of a window
 * @param warmupSeconds load before each window
 * @param prewarmSeconds of load of each kind for a server that has just started
 * @param othersMax a window is measured again when others took more than this share of the cores, 0 to 1
 * @param patience how long to wait for a quiet machine before each window
 * @param count how many invocations are pending, queued or to be recovered; 0 for each measurement's own number
 * @param sizes lengths of journals
 * @param out where results and logs go
 */
record Settings(
        List<Side> sides,
        Set<String> scenarios,
        Set<Integer> concurrencies,
        double seconds,
        double warmupSeconds,
        double prewarmSeconds,
        double othersMax,
        Duration patience,
        int count,
        List<Integer> sizes,
        Path out) {

    int countOr(int own) {
        return count == 0 ? own : count;
    }
}
