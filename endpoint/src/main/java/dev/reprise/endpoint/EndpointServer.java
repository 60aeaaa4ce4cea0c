package dev.reprise.endpoint;

import dev.reprise.sdk.service.StartException;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** An endpoint that listens; it keeps the JVM running until it is closed. Any thread. */
public final class EndpointServer implements AutoCloseable {
    private static final int THREADS_MAX = 16;
    private static final int STREAMS_MAX = 1_024;
    /** What each side of a connection of HTTP/2 may have the other remember of headers; the protocol's own default. */
    private static final int HEADER_TABLE_BYTES_MAX = 4_096;
    /** The headers of all requests under way may take one part in this many of the heap. */
    private static final int HEADERS_OF_HEAP = 8;

    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final EndpointHandler handler;
    private final Server server;
    private final ServerConnector connector;

    private EndpointServer(EndpointHandler handler, Server server, ServerConnector connector) {
        this.handler = handler;
        this.server = server;
        this.connector = connector;
    }

    static EndpointServer start(EndpointHandler handler, int port, @Nullable SSLContext tls, Limits limits) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX);
        threads.setName("reprise-endpoint");
        Server server = new Server(threads);
        List<ConnectionFactory> protocols = protocols(tls, limits.headerBytesMax());
        ServerConnector connector =
                new ClientConnector(limits.connectionsMax(), server, protocols.toArray(ConnectionFactory[]::new));
        connector.setPort(port);
        // A handler that waits is not idle.
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        server.setHandler(
                new HeaderLimit(limits.headerBytesMax(), limits.headerBytesInTotalMax(), new JettyHandler(handler)));
        server.setErrorHandler(EndpointServer::answerError);
        try {
            server.start();
        } catch (Exception e) {
            String reason = e.getCause() instanceof BindException cause ? cause.getMessage() : e.toString();
            throw new StartException(
                    "Expected to listen on port " + port + ", failed: " + reason
                            + ". End the process that listens there, or take another port, 0 for any free one.",
                    e);
        }
        return new EndpointServer(handler, server, connector);
    }

    /**
     * What is set for clients.
     *
     * @param headerBytesMax the headers of one request together
     * @param connectionsMax connections at once
     * @param headerBytesInTotalMax the headers of all requests under way together
     */
    record Limits(int headerBytesMax, int connectionsMax, long headerBytesInTotalMax) {
        /** With as much of the heap for all headers as they may take by default. */
        static Limits of(int headerBytesMax, int connectionsMax) {
            long ofHeap = Runtime.getRuntime().maxMemory() / HEADERS_OF_HEAP;
            return new Limits(headerBytesMax, connectionsMax, Math.max(headerBytesMax, ofHeap));
        }
    }

    /** What no handler came to see, in a line of text: requests that are no HTTP or go beyond a limit. */
    private static boolean answerError(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        response.write(true, StandardCharsets.UTF_8.encode(status + " " + HttpStatus.getMessage(status)), callback);
        return true;
    }

    private static List<ConnectionFactory> protocols(@Nullable SSLContext tls, int headerBytesMax) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // A handler's name may hold any character, an encoded slash too.
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(headerBytesMax);
        List<ConnectionFactory> protocols = new ArrayList<>();
        if (tls == null) {
            HTTP2CServerConnectionFactory h2c = new HTTP2CServerConnectionFactory(lenient(http));
            limit(h2c);
            protocols.add(new HttpConnectionFactory(http));
            protocols.add(h2c);
            return protocols;
        }
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(lenient(http));
        limit(h2);
        protocols.add(new SslConnectionFactory(ssl, alpn.getProtocol()));
        protocols.add(alpn);
        protocols.add(h2);
        protocols.add(new HttpConnectionFactory(http));
        return protocols;
    }

    /** Headers that are too large are answered, not taken for an attack. */
    private static HttpConfiguration lenient(HttpConfiguration http) {
        HttpConfiguration lenient = new HttpConfiguration(http);
        lenient.setRequestHeaderSize(HeaderLimit.hard(http.getRequestHeaderSize()));
        return lenient;
    }

    private static void limit(AbstractHTTP2ServerConnectionFactory http2) {
        http2.setMaxConcurrentStreams(STREAMS_MAX);
        http2.setMaxDecoderTableCapacity(HEADER_TABLE_BYTES_MAX);
        http2.setMaxEncoderTableCapacity(HEADER_TABLE_BYTES_MAX);
        FloodLimit.set(http2);
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /**
     * Makes the handlers known to a server, and returns when it has read what they are. Waits up to a minute until the
     * server is there. Doing it again, here or in another process, changes nothing as long as the handlers are the
     * same.
     *
     * @param admin the address of the server's admin API, as {@code http://localhost:9070}; not that of its ingress
     * @param self where the server reaches this endpoint, as {@code http://localhost:9080}; within containers not
     *     {@code localhost}
     * @return the deployment's id, {@code dp_…}
     * @throws IllegalArgumentException when an address does not begin with {@code http://} or {@code https://}
     * @throws RegistrationException when the server refuses, cannot reach this endpoint, or is not there
     */
    public String register(URI admin, URI self) {
        return new EndpointRegistration(admin, Duration.ofMinutes(1)).register(self);
    }

    /**
     * Waits until it is closed.
     *
     * @throws InterruptedException when the waiting thread is interrupted; the endpoint goes on listening
     */
    public void join() throws InterruptedException {
        server.join();
    }

    /**
     * Takes no more attempts, lets handlers suspend or end for 10 seconds at the most, cuts those that have not, and
     * stops. No invocation is lost by that: the server begins its next attempt as soon as somebody serves its handler.
     */
    @Override
    public void close() {
        handler.drain(DRAIN);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop listening: " + e, e);
        }
    }
}
