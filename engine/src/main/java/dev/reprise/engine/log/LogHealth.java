package dev.reprise.engine.log;

import java.util.Optional;

/**
 * The health of a log.
 *
 * @param failure why it accepts no more records until it is opened again; empty while it does
 * @param stall why appended records are not durable yet, though they will be; empty while it keeps up
 * @param shortage why nobody should begin anything new; empty while anybody may
 * @param backlog why nobody should append anything at all: too much in memory waits to become durable; empty while
 *     anybody may
 */
public record LogHealth(
        Optional<String> failure, Optional<String> stall, Optional<String> shortage, Optional<String> backlog) {
    /** Nothing is wrong. */
    public static final LogHealth GOOD =
            new LogHealth(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
