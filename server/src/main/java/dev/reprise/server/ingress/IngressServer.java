package dev.reprise.server.ingress;

import dev.reprise.engine.Engine;
import dev.reprise.server.config.Address;
import dev.reprise.server.http.AnswerMemory;
import dev.reprise.server.http.BodyLimits;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.http.RequestBodies;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.jetty.server.Handler;

/** Serves an engine's ingress. */
public final class IngressServer implements AutoCloseable {
    /** The default port of a Restate ingress. */
    public static final int DEFAULT_PORT = 8080;

    /** The largest request body, in bytes. */
    public static final int DEFAULT_BODY_BYTES_MAX = 32 << 20;

    private final HttpServer server;

    private IngressServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts serving on a port of all addresses; stopping waits for nothing.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @param bodyBytesMax the largest request body; a larger one is answered with 413
     * @throws IOException when the port is taken or may not be used
     */
    public static IngressServer start(Engine engine, int port, int bodyBytesMax) throws IOException {
        Handler handler =
                handler(engine, bodies(BodyLimits.upTo(bodyBytesMax)), InstantSource.system(), IngressTraces.NONE);
        return new IngressServer(HttpServer.start("ingress", new Address("0.0.0.0", port), handler, Duration.ZERO));
    }

    /**
     * A handler that answers the ingress's requests, to be served on a port.
     *
     * @param bodies reads the requests' bodies
     * @param clock the engine's, by which delays are counted
     */
    public static Handler handler(Engine engine, RequestBodies bodies, InstantSource clock, IngressTraces traces) {
        return handler(engine, bodies, AnswerMemory.ofHeap(), clock, traces);
    }

    /** The same; {@code answers} bounds the memory of answers until their clients have read them. */
    public static Handler handler(
            Engine engine, RequestBodies bodies, AnswerMemory answers, InstantSource clock, IngressTraces traces) {
        return new IngressHandler(engine, bodies, answers, clock, traces);
    }

    /** The reader of the request bodies of an ingress. */
    public static RequestBodies bodies(BodyLimits limits) {
        return new RequestBodies(limits, "ingress.request-memory-limit", "Raise 'ingress.request-size-limit'.");
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
