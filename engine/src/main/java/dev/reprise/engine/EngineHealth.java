package dev.reprise.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an engine fares.
 *
 * @param stopped what has stopped until an engine is started again, and why; empty while all goes on
 * @param waiting what stands still until there is room on the disk, and why; empty while nothing does
 * @param refusing why no new invocations are taken; empty while they are
 */
public record EngineHealth(List<String> stopped, List<String> waiting, Optional<String> refusing) {
    public EngineHealth {
        stopped = List.copyOf(stopped);
        waiting = List.copyOf(waiting);
    }

    /** What is not well, in one line; empty if all is. */
    public String complaint() {
        return Stream.concat(stopped.stream(), waiting.stream()).collect(Collectors.joining("; "));
    }

    /** Whether everything that was accepted goes on. */
    public boolean isWell() {
        return stopped.isEmpty() && waiting.isEmpty();
    }
}
