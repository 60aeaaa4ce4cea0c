package dev.reprise.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An engine's health.
 *
 * @param stopped what has stopped until an engine is started again, and why; empty while everything works
 * @param waiting what stands still until there is room on the disk, and why; empty while nothing does
 * @param refusing why new invocations are refused; empty while they are accepted
 */
public record EngineHealth(List<String> stopped, List<String> waiting, Optional<String> refusing) {
    public EngineHealth {
        stopped = List.copyOf(stopped);
        waiting = List.copyOf(waiting);
    }

    /** What is wrong, in one line; empty if nothing is. */
    public String complaint() {
        return Stream.concat(stopped.stream(), waiting.stream()).collect(Collectors.joining("; "));
    }

    /** Whether everything that was accepted makes progress. */
    public boolean isWell() {
        return stopped.isEmpty() && waiting.isEmpty();
    }
}
