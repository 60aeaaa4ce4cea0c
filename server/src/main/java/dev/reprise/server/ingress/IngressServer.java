package dev.reprise.server.ingress;

import dev.reprise.engine.Engine;
import java.io.IOException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves an engine's ingress over HTTP/1.1 and HTTP/2 (prior knowledge) on one port. Each request has a virtual thread.
 */
public final class IngressServer implements AutoCloseable {
    /** The port of a Restate ingress. */
    public static final int DEFAULT_PORT = 8080;

    /** The largest request body, in bytes. */
    public static final int DEFAULT_BODY_BYTES_MAX = 32 << 20;

    private final Server server;
    private final ServerConnector connector;

    private IngressServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts serving.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @param bodyBytesMax the largest request body; a larger one is answered with 413
     * @throws IOException when the port is taken or may not be used
     */
    public static IngressServer start(Engine engine, int port, int bodyBytesMax) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(16);
        threads.setName("reprise-ingress");
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // A key may hold any character, an encoded slash too; IngressPath reads the raw path.
        http.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setPort(port);
        // A waiting call is not idle.
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        server.setHandler(new IngressHandler(engine, bodyBytesMax));
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot serve the ingress on port " + port + ": " + e, e);
        }
        return new IngressServer(server, connector);
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop the ingress: " + e, e);
        }
    }
}
