package dev.reprise.engine.log;

import java.util.Optional;

/**
 * How a log fares.
 *
 * @param failure why it takes no more records until it is opened again; empty while it does
 * @param stall why what was appended is not durable yet, though it will be; empty while it is in time
 * @param shortage why nobody should begin anything new; empty while anybody may
 * @param backlog why nobody should ask for anything at all: too much waits in memory to become durable; empty while
 *     anybody may
 */
public record LogHealth(
        Optional<String> failure, Optional<String> stall, Optional<String> shortage, Optional<String> backlog) {
    /** All is well. */
    public static final LogHealth GOOD =
            new LogHealth(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
