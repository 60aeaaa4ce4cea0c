package dev.reprise.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.server.config.Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests with large headers that wait, on one connection of HTTP/2. */
@Timeout(60)
class ManyHeadersTest {
    private static final int HEADER_BYTES = 60 << 10;
    private static final int POOL_BYTES = 1 << 20;

    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore goOn = new Semaphore(0);
    private final MemoryPool pool = new MemoryPool(POOL_BYTES);

    private final Handler waits = new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (request.getHttpURI().getPath().equals("/wait")) {
                arrived.release();
                goOn.acquireUninterruptibly();
            }
            response.write(true, ByteBuffer.allocate(0), callback);
            return true;
        }
    };

    @Test
    void largeHeadersOfWaitingRequests_areBoundedInTotal_andABystanderIsServed() throws IOException {
        try (HttpServer server = HttpServer.start(
                        "test", new Address("127.0.0.1", 0), new HeaderLimit(64 << 10, pool, waits), Duration.ZERO);
                RawHttp2 client = RawHttp2.connect(server.port())) {
            List<Integer> waiting = new ArrayList<>();
            while (pool.usedBytes() + HEADER_BYTES + 1_000 <= POOL_BYTES) {
                waiting.add(
                        client.request(RawHttp2.headers("GET", "/wait").add("x-long", "v".repeat(HEADER_BYTES)), true));
                arrived.acquireUninterruptibly();
            }
            assertThat(client.status(client.get("/at-once"))).isEqualTo(200);
            int beyond =
                    client.request(RawHttp2.headers("GET", "/at-once").add("x-long", "v".repeat(HEADER_BYTES)), true);
            assertThat(client.status(beyond)).isEqualTo(503);
            goOn.release(waiting.size());
            for (int stream : waiting) {
                assertThat(client.status(stream)).isEqualTo(200);
            }
            int again =
                    client.request(RawHttp2.headers("GET", "/at-once").add("x-long", "v".repeat(HEADER_BYTES)), true);
            assertThat(client.status(again)).isEqualTo(200);
        }
    }
}
