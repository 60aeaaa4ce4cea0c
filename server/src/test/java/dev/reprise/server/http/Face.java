package dev.reprise.server.http;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.server.config.Address;
import dev.reprise.server.config.ClientLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What listens: the server's ports, and the endpoint of the SDK. Both hold the same. */
enum Face {
    SERVER {
        @Override
        Listening listen(int connectionsMax) throws IOException {
            HttpServer server = HttpServer.start(
                    "test",
                    new Address("127.0.0.1", 0),
                    READER,
                    Duration.ZERO,
                    ClientLimits.ofAnyPort().withConnectionsMax(connectionsMax));
            return new Listening(server.port(), "/anything", server::close);
        }
    },
    ENDPOINT {
        @Override
        Listening listen(int connectionsMax) throws IOException {
            EndpointServer server = Endpoint.bind(ServiceDefinition.service("Waiter")
                            .handler(
                                    "wait",
                                    String.class,
                                    String.class,
                                    (ctx, _) -> ctx.awakeable(String.class)
                                            .promise()
                                            .await())
                            .build())
                    .connectionsMax(connectionsMax)
                    .listen(0);
            return new Listening(server.port(), "/health", server::close);
        }
    };

    private static final int BODY_BYTES_MAX = 1_000;

    private static final RequestBodies BODIES = new RequestBodies(
            new BodyLimits(BODY_BYTES_MAX, 1 << 20, 1, Duration.ofSeconds(30), BodyLimits.PATIENCE),
            "nothing",
            "Send less.");

    /** Answers when it has read the body. */
    private static final Handler READER = new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            try (RequestBodies.Body _ = BODIES.read(request)) {
                response.setStatus(200);
            } catch (RefusedBodyException e) {
                response.setStatus(e.reason().status());
            }
            response.write(true, ByteBuffer.wrap("OK".getBytes(StandardCharsets.US_ASCII)), callback);
            return true;
        }
    };

    /**
     * Something that listens.
     *
     * @param path what answers 200
     */
    record Listening(int port, String path, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** Listens with the limits that hold when nothing is said. */
    Listening listen() throws IOException {
        return listen(1_000);
    }

    abstract Listening listen(int connectionsMax) throws IOException;
}
