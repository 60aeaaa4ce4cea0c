package dev.reprise.server.http;

import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.server.config.Address;
import dev.reprise.server.config.ClientLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a handler over HTTP/1.1 and HTTP/2 (prior knowledge) on one port. Each request runs on a virtual thread. */
public final class HttpServer implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(HttpServer.class);
    private static final int THREADS_MIN = 8;
    private static final int THREADS_MAX = 16;
    /** The most concurrent requests on one connection of HTTP/2. Calls wait for long. */
    private static final int STREAMS_MAX = 1_024;
    /** What each side of a connection of HTTP/2 may have the other remember of headers; the protocol's own default. */
    private static final int HEADER_TABLE_BYTES_MAX = 4_096;

    private static final int HEADERS_SHARE_OF_HEAP = 16;
    /** How long a client may neither send what is read nor read what is sent, unless set otherwise. */
    public static final Duration STALL_TIMEOUT = ClientLimits.STALL_TIMEOUT;

    private final String name;
    private final Server server;
    private final ServerConnector connector;
    private final GracefulHandler requests;
    private final Duration drain;

    private HttpServer(
            String name, Server server, ServerConnector connector, GracefulHandler requests, Duration drain) {
        this.name = name;
        this.server = server;
        this.connector = connector;
        this.requests = requests;
        this.drain = drain;
    }

    /**
     * Starts serving.
     *
     * @param name what is served, for messages and thread names
     * @param bind where to listen; port 0 means any free one
     * @param drain how long {@link #close} waits for requests that are being answered
     * @throws IOException when the port is taken or may not be used
     */
    public static HttpServer start(String name, Address bind, Handler handler, Duration drain) throws IOException {
        return start(name, bind, handler, drain, ClientLimits.ofAnyPort());
    }

    /** The same, with another timeout for clients that do not send their body or read their answer. */
    public static HttpServer start(String name, Address bind, Handler handler, Duration drain, Duration stallTimeout)
            throws IOException {
        return start(name, bind, handler, drain, ClientLimits.ofAnyPort().withStallTimeout(stallTimeout));
    }

    /** The same, with other limits for clients. */
    public static HttpServer start(String name, Address bind, Handler handler, Duration drain, ClientLimits limits)
            throws IOException {
        // Jetty's own queue asks the JVM's management beans for the length of a cache line, which takes 60 ms of each
        // start.
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN, new LinkedBlockingQueue<>());
        threads.setName("reprise-" + name);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // A key may contain any character, including an encoded slash: handlers read the raw path.
        http.setUriCompliance(UriCompliance.UNSAFE);
        // Applies while a request is read or answered; between requests, and while a call waits, there is no hurry.
        http.setIdleTimeout(limits.stallTimeout().toMillis());
        http.setRequestHeaderSize(limits.headerBytesMax());
        HttpConfiguration lenient = new HttpConfiguration(http);
        lenient.setRequestHeaderSize(HeaderLimit.hard(limits.headerBytesMax()));
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(lenient);
        http2.setMaxConcurrentStreams(STREAMS_MAX);
        http2.setMaxDecoderTableCapacity(HEADER_TABLE_BYTES_MAX);
        http2.setMaxEncoderTableCapacity(HEADER_TABLE_BYTES_MAX);
        http2.setRateControlFactory(FloodLimit.FACTORY);
        ServerConnector connector =
                new ClientConnector(name, limits.connectionsMax(), server, new HttpConnectionFactory(http), http2);
        connector.setHost(bind.host());
        connector.setPort(bind.port());
        // A waiting call is not idle.
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        GracefulHandler requests =
                new GracefulHandler(new RestOfBody(new HeaderLimit(limits.headerBytesMax(), headers(limits), handler)));
        server.setHandler(requests);
        server.setErrorHandler(HttpServer::answerError);
        try {
            server.start();
        } catch (Exception e) {
            stopQuietly(server, e);
            throw new IOException(
                    "cannot serve the " + name + " on " + bind + ": " + reason(e)
                            + ". End the process that listens there, or set another port: ingress.bind-address,"
                            + " admin.bind-address, bind-address, or use-random-ports",
                    e);
        }
        return new HttpServer(name, server, connector, requests, drain);
    }

    /** The memory that the headers of all waiting requests may take. */
    private static MemoryPool headers(ClientLimits limits) {
        return new MemoryPool(
                Math.max(2L * limits.headerBytesMax(), Runtime.getRuntime().maxMemory() / HEADERS_SHARE_OF_HEAP));
    }

    /** Answers what no handler has seen: requests that are not HTTP, and failures of a handler. */
    private static boolean answerError(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String body = "{\"code\":" + status + ",\"message\":\"" + HttpStatus.getMessage(status) + "\"}";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, StandardCharsets.UTF_8.encode(body), callback);
        return true;
    }

    private static void stopQuietly(Server server, Exception why) {
        try {
            server.stop();
        } catch (Exception e) {
            why.addSuppressed(e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Accepts no more requests, lets those in progress end in time, cuts the others, and stops. */
    @Override
    public void close() {
        close(drain);
    }

    /** The same with another time limit for requests in progress. */
    public void close(Duration drain) {
        try {
            if (drain.isPositive()) {
                drain(drain);
            }
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the " + name + " was stopped", e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop the " + name + ": " + e, e);
        }
    }

    private void drain(Duration drain) throws InterruptedException, ExecutionException {
        try {
            connector.close();
            // Not the connector's own way to drain, which cuts HTTP/2 requests after a second and waits for idle
            // connections.
            requests.shutdown().get(drain.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            logger.info(
                    "the {} cuts {} requests that did not end within {} ms; what was accepted goes on after a restart",
                    name,
                    requests.getCurrentRequestCount(),
                    drain.toMillis());
        }
    }
}
