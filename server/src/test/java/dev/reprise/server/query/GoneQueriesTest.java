package dev.reprise.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.config.Address;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.http.RawHttp2;
import dev.reprise.server.query.execution.QueryLimits;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A query whose client goes ends, also one that writes nothing for minutes. One runs at once, so that the next one
 * tells.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GoneQueriesTest {
    private static final QueryLimits PATIENT = new QueryLimits(Duration.ofMinutes(10), 1 << 24, 1, 4);
    private static final String JSON = "application/json";
    private static final String ARROW = "application/vnd.apache.arrow.stream";

    private static final String AGGREGATE =
            "SELECT count(*) FROM information_schema.columns a, information_schema.columns b,"
                    + " information_schema.columns c, information_schema.columns d, information_schema.columns e"
                    + " WHERE a.column_name < b.column_name";

    private final TestEngine engine = new TestEngine();
    private final QueryHandler queries = new QueryHandler(engine.engine, PATIENT, InstantSource.system());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = HttpServer.start("admin", new Address("127.0.0.1", 0), queries, Duration.ZERO);
        assertNextIsAnswered();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
        queries.close();
        engine.close();
    }

    static Stream<Arguments> clients() {
        return Stream.of(JSON, ARROW)
                .flatMap(accept -> Stream.of(
                                AGGREGATE,
                                PlanningTimeTest.LONG_PLANNED,
                                // Rows are read, and all filtered out.
                                "SELECT a.column_name FROM information_schema.columns a, information_schema.columns b,"
                                        + " information_schema.columns c, information_schema.columns d"
                                        + " WHERE a.column_name || b.column_name = c.column_name || 'x'",
                                // Nothing comes out before all is sorted.
                                "SELECT count(*) FROM information_schema.columns a, information_schema.columns b,"
                                        + " information_schema.columns c, information_schema.columns d"
                                        + " GROUP BY a.table_name || b.column_name ORDER BY 1")
                        .map(sql -> Arguments.of(accept, sql)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void http1_clientGoes_queryEnds(String accept, String sql) throws IOException, InterruptedException {
        try (Socket socket = ask(accept, sql)) {
            awaitRunning(1);
            socket.setSoLinger(true, 0);
        }
        assertNextIsAnswered();
        try (Socket socket = ask(accept, sql)) {
            awaitRunning(1);
            socket.setSoLinger(false, 0);
        }
        assertNextIsAnswered();
    }

    private static void go(RawHttp2 raw, int stream, String way) throws IOException {
        switch (way) {
            case "reset" -> {
                raw.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
                raw.flush();
            }
            case "goaway" -> {
                raw.frame(RawHttp2.GOAWAY, 0, 0, new byte[8]);
                raw.flush();
                raw.shutdownOutput();
            }
            default -> raw.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "goaway", "closed"})
    void http2_clientGoes_queryEnds(String way) throws IOException, InterruptedException {
        try (RawHttp2 raw = RawHttp2.connect(server.port())) {
            Http2Headers headers =
                    RawHttp2.headers("POST", "/query").add("content-type", JSON).add("accept", JSON);
            int stream = raw.request(headers, false);
            raw.frame(RawHttp2.DATA, 1, stream, body(AGGREGATE).getBytes(StandardCharsets.UTF_8));
            raw.flush();
            awaitRunning(1);
            go(raw, stream, way);
            assertNextIsAnswered();
        }
    }

    /** They would keep the places of those who wait for an answer. */
    @Test
    void clientsThatWaitedGo_theirPlacesAreFree() throws IOException, InterruptedException {
        try (Socket _ = ask(JSON, AGGREGATE)) {
            awaitRunning(1);
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < PATIENT.waiting(); i++) {
                waiting.add(ask(JSON, AGGREGATE));
            }
            TestEngine.await("all to wait", () -> queries.waiting() == PATIENT.waiting());
            for (Socket socket : waiting) {
                socket.close();
            }
            TestEngine.await("none to wait", () -> queries.waiting() == 0);
        }
        assertNextIsAnswered();
    }

    private void awaitRunning(int count) {
        TestEngine.await(count + " to run", () -> queries.running() == count);
    }

    private static String body(String sql) {
        return "{\"query\":\"" + sql + "\"}";
    }

    private Socket ask(String accept, String sql) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        String body = body(sql);
        socket.getOutputStream()
                .write(("POST /query HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: " + accept
                                + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void assertNextIsAnswered() throws IOException, InterruptedException {
        HttpRequest next = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/query"))
                .timeout(TestEngine.PATIENCE)
                .header("content-type", JSON)
                .header("accept", JSON)
                .POST(BodyPublishers.ofString(body("SELECT 1 AS x")))
                .build();
        assertThat(client.send(next, BodyHandlers.ofString()).body()).isEqualTo("{\"rows\":[{\"x\":1}]}");
    }
}
