package dev.reprise.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Limits for the clients of one port.
 *
 * @param headerBytesMax the most bytes of one request's headers together; a larger request is answered with 431
 * @param connectionsMax the most concurrent connections; further ones are refused
 * @param stallTimeout how long a client may neither send what is read nor read what is sent
 */
public record ClientLimits(int headerBytesMax, int connectionsMax, Duration stallTimeout) {
    /** A client's stall timeout unless set otherwise. */
    public static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    /** The largest headers of a request unless set otherwise. */
    private static final int HEADER_BYTES_MAX = 64 << 10;

    private static final int PARTS = 4;
    private static final int CONNECTIONS_MIN = 16;
    private static final long FILES_ELSEWHERE = 4_096;

    public ClientLimits {
        if (headerBytesMax < 1 || connectionsMax < 1) {
            throw new IllegalArgumentException("Expected limits of at least 1, found " + headerBytesMax
                    + " bytes of headers and " + connectionsMax + " connections.");
        }
    }

    /** The limits of a port for which none are set. */
    public static ClientLimits ofAnyPort() {
        return new ClientLimits(HEADER_BYTES_MAX, connections(PARTS), STALL_TIMEOUT);
    }

    /** The same with another number of connections. */
    public ClientLimits withConnectionsMax(int connections) {
        return new ClientLimits(headerBytesMax, connections, stallTimeout);
    }

    /** The same with another stall timeout. */
    public ClientLimits withStallTimeout(Duration timeout) {
        return new ClientLimits(headerBytesMax, connectionsMax, timeout);
    }

    /** One part of this many of the files that the process may have open. */
    static int connections(int parts) {
        return Math.toIntExact(Math.clamp(filesMax() / parts, CONNECTIONS_MIN, Integer.MAX_VALUE));
    }

    /** The JVM's management beans would tell on every system, but they take a noticeable part of the start. */
    private static long filesMax() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            return limits.filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split("\\s+", -1)[0])
                    .filter(soft -> soft.matches("[0-9]{1,15}"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(FILES_ELSEWHERE);
        } catch (IOException | UncheckedIOException _) {
            return FILES_ELSEWHERE; // not Linux
        }
    }
}
