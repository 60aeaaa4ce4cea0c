package dev.reprise.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.config.Address;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.query.execution.QueryLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryHandlerTest {
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(2), 1 << 24, 1, 1);
    private static final String ENDLESS =
            "SELECT count(*) FROM information_schema.columns a, information_schema.columns b,"
                    + " information_schema.columns c, information_schema.columns d, information_schema.columns e"
                    + " WHERE a.column_name < b.column_name";

    private final TestEngine engine = new TestEngine();
    private final QueryHandler handler = new QueryHandler(engine.engine, LIMITS, InstantSource.system());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private URI uri;

    @BeforeAll
    void start() throws IOException {
        server = HttpServer.start("admin", new Address("127.0.0.1", 0), handler, Duration.ZERO);
        uri = URI.create("http://127.0.0.1:" + server.port() + "/query");
        for (int i = 0; i < 2_000; i += 1_000) {
            engine.send("Counter", "c" + i, "add", "key-" + i, 0);
        }
        TestEngine.await(
                "the objects to have state",
                () -> rows("SELECT count(*) AS n FROM state").equals("{\"rows\":[{\"n\":4}]}"));
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
        handler.close();
        engine.close();
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(uri)
                .timeout(TestEngine.PATIENCE)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest query(String sql) {
        return request("{\"query\":\"" + sql.replace("\"", "\\\"") + "\"}")
                .header("accept", "application/json")
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String rows(String sql) {
        return send(query(sql)).body();
    }

    @Test
    void json_hasTheFormsOfTheOriginal() {
        HttpResponse<String> response = send(query("SELECT key, value, value_utf8, key_length, partition_key FROM state"
                + " WHERE service_key = 'c0' ORDER BY key"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"rows\":[{\"key\":\"bin\",\"value\":\"ff0001\",\"key_length\":3,"
                        + "\"partition_key\":12816155415958363754},{\"key\":\"count\",\"value\":\"31\","
                        + "\"value_utf8\":\"1\",\"key_length\":5,\"partition_key\":12816155415958363754}]}");
        assertThat(rows("SELECT created_at, services FROM sys_deployment"))
                .isEqualTo("{\"rows\":[{\"created_at\":\"2023-11-14T22:13:20Z\","
                        + "\"services\":[\"All\",\"Counter\",\"Flow\"]}]}");
        assertThat(rows("SELECT completion_retention, journal_retention - journal_retention AS none"
                        + " FROM sys_invocation LIMIT 1"))
                .isEqualTo("{\"rows\":[{\"completion_retention\":\"PT86400S\",\"none\":\"P0D\"}]}");
        assertThat(rows("SELECT 1.5 AS a, true AS b, null AS c, 'x' AS d FROM sys_deployment"))
                .isEqualTo("{\"rows\":[{\"a\":1.5,\"b\":true,\"d\":\"x\"}]}");
        assertThat(rows("SELECT id FROM sys_service s JOIN sys_deployment d ON false"))
                .isEqualTo("{\"rows\":[]}");
    }

    @Test
    void query_tooLarge_isRefusedAndSaysByHowMuch() {
        byte[] body = "x".repeat((1 << 20) + 1).getBytes(StandardCharsets.US_ASCII);
        HttpRequest.Builder known = request("").POST(BodyPublishers.ofByteArray(body));
        HttpRequest.Builder unknown =
                request("").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertRefused(known, "found 1048577");
        assertRefused(unknown, "found more");
    }

    private void assertRefused(HttpRequest.Builder request, String found) {
        HttpResponse<String> answer = send(request.build());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .isEqualTo("Expected a request body of at most 1048576 bytes, " + found
                        + ". No setting raises this: shorten the query.");
    }

    @Test
    void arrow_isReadByArrow() throws IOException, InterruptedException {
        String sql = "SELECT key, value, value_utf8, key_length, partition_key FROM state ORDER BY service_key, key";
        HttpResponse<byte[]> response =
                client.send(request("{\"query\":\"" + sql + "\"}").build(), BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("content-type")).contains("application/vnd.apache.arrow.stream");
        List<Map<String, Object>> rows = arrowRows(response.body());
        assertThat(rows).hasSize(4);
        assertThat(rows.getFirst().get("key")).hasToString("bin");
        assertThat(rows.getFirst().get("value")).isEqualTo(new byte[] {(byte) 0xFF, 0, 1});
        assertThat(rows.getFirst().get("value_utf8")).isNull();
        assertThat(rows.getFirst().get("key_length")).isEqualTo(3L);
        assertThat(rows.getFirst().get("partition_key")).isEqualTo(dev.reprise.protocol.id.PartitionKey.of("c0"));
        assertThat(rows.get(1).get("value_utf8")).hasToString("1");
    }

    @Test
    void arrow_ofEveryType_hasTheOriginalsSchema() throws IOException, InterruptedException {
        String sql = "SELECT i.id, i.created_at, i.completion_retention, i.journal_size, i.retry_count,"
                + " i.suspended_waiting_for_signals, d.services, 1 AS n, 1.5 AS f, true AS b"
                + " FROM sys_invocation i CROSS JOIN sys_deployment d";
        HttpResponse<byte[]> response =
                client.send(request("{\"query\":\"" + sql + "\"}").build(), BodyHandlers.ofByteArray());
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(response.body()), allocator)) {
            assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
                    .extracting(field -> field.getName() + " " + field.getType())
                    .containsExactly(
                            "id LargeUtf8",
                            "created_at Timestamp(MILLISECOND, +00:00)",
                            "completion_retention Duration(MILLISECOND)",
                            "journal_size Int(32, false)",
                            "retry_count Int(64, false)",
                            "suspended_waiting_for_signals List",
                            "services List",
                            "n Int(64, true)",
                            "f FloatingPoint(DOUBLE)",
                            "b Bool");
        }
        List<Map<String, Object>> rows = arrowRows(response.body());
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().get("services")).hasToString("[\"All\",\"Counter\",\"Flow\"]");
        assertThat(rows.getFirst().get("completion_retention")).isEqualTo(Duration.ofDays(1));
        assertThat(rows.getFirst().get("f")).isEqualTo(1.5);
        assertThat(rows.getFirst().get("b")).isEqualTo(true);
    }

    @Test
    void arrow_ofManyRows_comesInBatches() throws IOException, InterruptedException {
        String sql = "SELECT a.column_name, b.ordinal_position FROM information_schema.columns a,"
                + " information_schema.columns b WHERE b.table_name = 'state'";
        HttpResponse<byte[]> response =
                client.send(request("{\"query\":\"" + sql + "\"}").build(), BodyHandlers.ofByteArray());
        int columns = rows("SELECT column_name FROM information_schema.columns").split("column_name", -1).length - 1;
        assertThat(arrowRows(response.body())).hasSize(columns * 9);
    }

    @Test
    void longAnswer_isCompressedForWhoTakesIt_andAShortOneIsNot() throws IOException, InterruptedException {
        String columns = "{\"query\":\"SELECT * FROM information_schema.columns\"}";

        assertThat(compressed(columns, "br, gzip;q=0.5")).isEqualTo(rows("SELECT * FROM information_schema.columns"));
        assertThat(compressed("{\"query\":\"SELECT 1 AS n FROM state LIMIT 1\"}", "gzip"))
                .isNull();
        assertThat(compressed(columns, "gzip;q=0")).isNull();
        assertThat(compressed("{\"query\":\"select 1/0\"}", "gzip")).isNull();
    }

    /** An answer as it was before it was compressed; null if it was not. */
    private @Nullable String compressed(String query, String accepted) throws IOException, InterruptedException {
        HttpRequest asked = request(query)
                .header("accept", "application/json")
                .header("accept-encoding", accepted)
                .build();
        HttpResponse<byte[]> answer = client.send(asked, BodyHandlers.ofByteArray());
        if (answer.headers().firstValue("content-encoding").isEmpty()) {
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{");
            return null;
        }
        assertThat(answer.headers().firstValue("vary")).contains("accept-encoding");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Map<String, Object>> arrowRows(byte[] stream) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int i = 0; i < root.getRowCount(); i++) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (FieldVector vector : root.getFieldVectors()) {
                        row.put(vector.getName(), vector.getObject(i));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"query\":\"selec 1\"} | 400 | {\"message\":\"SQL error:",
                "{\"query\":\"\"} | 400 | {\"message\":\"No SQL statements were provided in the query string\"}",
                "{\"query\":\"select nope from sys_service\"} | 400 | {\"message\":\"Column 'nope' not found",
                "{\"query\":\"select * from nope\"} | 400 | {\"message\":\"Object 'nope' not found;",
                "{\"query\":\"select 1/0\"} | 500 | {\"message\":",
                "{ | 400 | Failed to parse the request body as JSON:",
                "{\"q\":1} | 422 | Failed to deserialize the JSON body into the target type:",
                "{\"query\":1} | 422 | Failed to deserialize the JSON body into the target type:"
            })
    void request_thatIsWrong_isToldSo(String body, int status, String start) {
        HttpResponse<String> response = send(request(body).build());
        assertThat(response.body()).startsWith(start);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void request_ofAnotherKind_isRefused() {
        assertThat(send(HttpRequest.newBuilder(uri).build()).statusCode()).isEqualTo(405);
        HttpRequest plain = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofByteArray("select 1".getBytes(StandardCharsets.UTF_8)))
                .build();
        assertThat(send(plain).statusCode()).isEqualTo(415);
        assertThat(send(plain).body()).isEqualTo("Expected request with `Content-Type: application/json`");
    }

    @Test
    void tooManyQueries_areRefused_andThoseThatRunTooLongEnd() {
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sent.add(client.sendAsync(query(ENDLESS), BodyHandlers.ofString()));
        }
        List<Integer> statuses =
                sent.stream().map(future -> future.join().statusCode()).sorted().toList();
        assertThat(statuses).contains(429, 500).doesNotContain(200);
        assertThat(rows("SELECT count(*) AS n FROM sys_service")).isEqualTo("{\"rows\":[{\"n\":3}]}");
    }

    @Test
    void warmUp_loadsInTheBackground_andIsEndedByClose() {
        try (QueryHandler own = new QueryHandler(engine.engine, LIMITS, InstantSource.system())) {
            own.warmUpIn(Duration.ZERO);
            TestEngine.await("queries to be warm", own::isWarm);
        }
        try (QueryHandler never = new QueryHandler(engine.engine, LIMITS, InstantSource.system())) {
            never.warmUpIn(Duration.ofDays(1));
            assertThat(never.isWarm()).isFalse();
        }
    }

    @Test
    void client_thatGoesAway_freesItsThread() throws Exception {
        QueryLimits patient = new QueryLimits(Duration.ofMinutes(10), 1 << 24, 1, 8);
        nextIsAnsweredAfter(patient, socket -> {
            assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
            socket.close();
        });
    }

    @Test
    void client_thatStaysAndDoesNotRead_isCutAtTheLimit() throws Exception {
        nextIsAnsweredAfter(
                LIMITS, socket -> assertThat(socket.getInputStream().read()).isEqualTo('H'));
    }

    /** What a client does on its connection. */
    private interface Behaviour {
        void on(Socket socket) throws IOException;
    }

    /** Only one query runs at once: the next one can be answered only when that of the socket has ended. */
    private void nextIsAnsweredAfter(QueryLimits limits, Behaviour behaviour) throws Exception {
        String sql = "SELECT a.column_name, b.column_name, c.column_name FROM information_schema.columns a,"
                + " information_schema.columns b, information_schema.columns c";
        String body = "{\"query\":\"" + sql + "\"}";
        try (QueryHandler queries = new QueryHandler(engine.engine, limits, InstantSource.system());
                HttpServer own = HttpServer.start("admin", new Address("127.0.0.1", 0), queries, Duration.ZERO);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), own.port())) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            behaviour.on(socket);
            HttpRequest next = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + own.port()))
                    .timeout(TestEngine.PATIENCE)
                    .header("content-type", "application/json")
                    .header("accept", "application/json")
                    .POST(BodyPublishers.ofString("{\"query\":\"SELECT 1 AS x\"}"))
                    .build();
            assertThat(send(next).body()).isEqualTo("{\"rows\":[{\"x\":1}]}");
        }
    }
}
