package dev.reprise.server.ingress;

import dev.reprise.engine.Engine;
import dev.reprise.server.config.Address;
import dev.reprise.server.http.HttpServer;
import java.io.IOException;
import java.time.Duration;

/** Serves an engine's ingress. */
public final class IngressServer implements AutoCloseable {
    /** The port of a Restate ingress. */
    public static final int DEFAULT_PORT = 8080;

    /** The largest request body, in bytes. */
    public static final int DEFAULT_BODY_BYTES_MAX = 32 << 20;

    private final HttpServer server;

    private IngressServer(HttpServer server) {
        this.server = server;
    }

    /** Starts serving on a port of all addresses; a stop waits for nothing. */
    public static IngressServer start(Engine engine, int port, int bodyBytesMax) throws IOException {
        return start(engine, new Address("0.0.0.0", port), bodyBytesMax, Duration.ZERO);
    }

    /**
     * Starts serving.
     *
     * @param bind where to listen; port 0 for any free one
     * @param bodyBytesMax the largest request body; a larger one is answered with 413
     * @param drain how long {@link #close} waits for requests that are being answered
     * @throws IOException when the port is taken or may not be used
     */
    public static IngressServer start(Engine engine, Address bind, int bodyBytesMax, Duration drain)
            throws IOException {
        return new IngressServer(HttpServer.start("ingress", bind, new IngressHandler(engine, bodyBytesMax), drain));
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
