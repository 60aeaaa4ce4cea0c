package dev.reprise.server.client;

import dev.reprise.protocol.Header;
import java.time.Duration;
import java.util.List;

/**
 * How destinations are reached.
 *
 * @param connectTimeout how long it may take until a connection can be used, including TLS and HTTP/2 settings
 * @param keepAliveInterval how often an HTTP/2 connection is pinged; zero for never
 * @param keepAliveTimeout how long the answer to a ping may take before the connection is given up
 * @param idleTimeout how long a connection stays open unused; zero for as long as it lasts
 * @param streamsPerConnectionMax the most concurrent requests on an HTTP/2 connection, if the peer does not allow fewer
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
    /** The original's values, where it has them. */
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
     * How many bytes a peer may send beyond what its listener has room for: few, because every answer may have as many,
     * but enough for a message of the usual size. This is also the initial window of HTTP/2.
     */
    int windowBytes() {
        return 65_535;
    }

    /** The same with other timeouts for connecting and for pings. */
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

    /** The same with other limits for connections. */
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
