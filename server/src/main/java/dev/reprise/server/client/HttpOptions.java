package dev.reprise.server.client;

import dev.reprise.protocol.Header;
import java.time.Duration;
import java.util.List;

/**
 * How destinations are reached.
 *
 * @param connectTimeout how long a connection may take until it can be used, TLS and HTTP/2 settings included
 * @param keepAliveInterval how often an HTTP/2 connection is asked for a sign of life; zero for never
 * @param keepAliveTimeout how long that sign may take before the connection is given up
 * @param idleTimeout after how long an unused connection is closed; zero for never
 * @param streamsPerConnectionMax the most requests at once on an HTTP/2 connection, if the peer does not allow fewer
 * @param connectionsPerDestinationMax the most connections of an event loop to one scheme, host and port
 * @param eventLoops the number of threads that do the input and output
 * @param requestHeaders sent with every request
 */
public record HttpOptions(
        Duration connectTimeout,
        Duration keepAliveInterval,
        Duration keepAliveTimeout,
        Duration idleTimeout,
        int streamsPerConnectionMax,
        int connectionsPerDestinationMax,
        int eventLoops,
        List<Header> requestHeaders) {
    /** The original's values, where it has one. */
    public static final HttpOptions DEFAULT = new HttpOptions(
            Duration.ofSeconds(10),
            Duration.ofSeconds(40),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            128,
            1024,
            Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, 4),
            List.of());

    public HttpOptions {
        requestHeaders = List.copyOf(requestHeaders);
        if (Math.min(streamsPerConnectionMax, connectionsPerDestinationMax) < 1 || eventLoops < 1) {
            throw new IllegalArgumentException("streams, connections and event loops must be at least 1, were "
                    + streamsPerConnectionMax + ", " + connectionsPerDestinationMax + " and " + eventLoops);
        }
    }

    /**
     * How many bytes a peer may send ahead of what its listener has room for: little, because every answer may have so many,
     * and enough for a message of the usual size. HTTP/2 begins with as many.
     */
    int windowBytes() {
        return 65_535;
    }

    /** The same with other times for connecting and for signs of life. */
    public HttpOptions withTimeouts(Duration connect, Duration keepAlive, Duration keepAliveAnswer) {
        return new HttpOptions(
                connect,
                keepAlive,
                keepAliveAnswer,
                idleTimeout,
                streamsPerConnectionMax,
                connectionsPerDestinationMax,
                eventLoops,
                requestHeaders);
    }

    /** The same, using connections otherwise. */
    public HttpOptions withConnections(Duration idle, int streamsMax) {
        return new HttpOptions(
                connectTimeout,
                keepAliveInterval,
                keepAliveTimeout,
                idle,
                streamsMax,
                connectionsPerDestinationMax,
                eventLoops,
                requestHeaders);
    }

    /** The same with other headers for every request. */
    public HttpOptions withRequestHeaders(List<Header> headers) {
        return new HttpOptions(
                connectTimeout,
                keepAliveInterval,
                keepAliveTimeout,
                idleTimeout,
                streamsPerConnectionMax,
                connectionsPerDestinationMax,
                eventLoops,
                headers);
    }
}
