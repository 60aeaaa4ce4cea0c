package dev.reprise.server.deployment;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.Header;
import java.time.Duration;
import java.util.List;

/**
 * How deployments are reached.
 *
 * @param connectTimeout how long a connection may take until it can be used, TLS and HTTP/2 settings included
 * @param keepAliveInterval how often an HTTP/2 connection is asked for a sign of life; zero for never
 * @param keepAliveTimeout how long that sign may take before the connection is given up
 * @param idleTimeout after how long an unused connection is closed; zero for never
 * @param streamsPerConnectionMax the most requests at once on an HTTP/2 connection, if the peer does not allow fewer
 * @param connectionsPerOriginMax the most connections of an event loop to one scheme, host and port
 * @param messageBytesMax the largest message a handler may send
 * @param messageBytesWarning a larger one is logged
 * @param receivedBytesMax how many bytes of messages that the engine has not taken in an attempt may hold before the
 *     handler is held back
 * @param waitingBytesMax how many bytes may wait for a handler that does not read, beyond what an attempt starts with
 * @param eventLoops the number of threads that do the input and output
 * @param requestHeaders sent with every request
 */
public record HttpOptions(
        Duration connectTimeout,
        Duration keepAliveInterval,
        Duration keepAliveTimeout,
        Duration idleTimeout,
        int streamsPerConnectionMax,
        int connectionsPerOriginMax,
        int messageBytesMax,
        int messageBytesWarning,
        int receivedBytesMax,
        int waitingBytesMax,
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
            Frame.BODY_BYTES_MAX,
            10 << 20,
            1 << 20,
            16 << 20,
            Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, 4),
            List.of());

    public HttpOptions {
        requestHeaders = List.copyOf(requestHeaders);
        if (Math.min(streamsPerConnectionMax, connectionsPerOriginMax) < 1 || eventLoops < 1) {
            throw new IllegalArgumentException("streams, connections and event loops must be at least 1, were "
                    + streamsPerConnectionMax + ", " + connectionsPerOriginMax + " and " + eventLoops);
        }
        if (Math.min(messageBytesMax, Math.min(receivedBytesMax, waitingBytesMax)) < 1) {
            throw new IllegalArgumentException("limits in bytes must be at least 1, were " + messageBytesMax + ", "
                    + receivedBytesMax + " and " + waitingBytesMax);
        }
    }

    /**
     * How many bytes a handler may send ahead of what there is memory for: little, because every attempt may have so many,
     * and enough for a message of the usual size. HTTP/2 begins with as many.
     */
    int windowBytes() {
        return 65_535;
    }

    /** The same with another limit for messages from handlers. */
    public HttpOptions withMessageBytesMax(int bytes) {
        return new HttpOptions(
                connectTimeout,
                keepAliveInterval,
                keepAliveTimeout,
                idleTimeout,
                streamsPerConnectionMax,
                connectionsPerOriginMax,
                bytes,
                messageBytesWarning,
                receivedBytesMax,
                waitingBytesMax,
                eventLoops,
                requestHeaders);
    }

    /** The same, logging other sizes of messages from handlers. */
    public HttpOptions withMessageBytesWarning(int bytes) {
        return new HttpOptions(
                connectTimeout,
                keepAliveInterval,
                keepAliveTimeout,
                idleTimeout,
                streamsPerConnectionMax,
                connectionsPerOriginMax,
                messageBytesMax,
                bytes,
                receivedBytesMax,
                waitingBytesMax,
                eventLoops,
                requestHeaders);
    }

    /** The same with other times for connecting and for signs of life. */
    public HttpOptions withTimeouts(Duration connect, Duration keepAlive, Duration keepAliveAnswer) {
        return new HttpOptions(
                connect,
                keepAlive,
                keepAliveAnswer,
                idleTimeout,
                streamsPerConnectionMax,
                connectionsPerOriginMax,
                messageBytesMax,
                messageBytesWarning,
                receivedBytesMax,
                waitingBytesMax,
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
                connectionsPerOriginMax,
                messageBytesMax,
                messageBytesWarning,
                receivedBytesMax,
                waitingBytesMax,
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
                connectionsPerOriginMax,
                messageBytesMax,
                messageBytesWarning,
                receivedBytesMax,
                waitingBytesMax,
                eventLoops,
                headers);
    }
}
