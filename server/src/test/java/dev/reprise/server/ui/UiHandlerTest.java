package dev.reprise.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.InvocationObserver;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.config.Address;
import dev.reprise.server.http.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UiHandlerTest {
    private static final String SCRIPT = "assets/0123abcd/app.js";
    private static final InvocationId ID = InvocationId.parse("inv_1i5CGNnkQpG10eusbLFKdAUXkPgnKtS9Ed");
    private static final InvocationId OTHER = InvocationId.parse("inv_1b9FjBjTlN8647fgGSLSgcYfnTwTwvfpmh");
    private static final Handler ADMIN = new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, "admin " + request.getMethod(), callback);
            return true;
        }
    };

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Changes changes = new Changes(InvocationObserver.NONE);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        byte[] script = "let a = 1;\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        byte[] packed = {31, -117, 8, 0};
        UiFiles files = new UiFiles(
                "0123abcd",
                "<base href=\"{base}\">",
                Map.of(SCRIPT, new UiFiles.File("text/javascript; charset=utf-8", script, packed)));
        UiHandler handler = UiHandler.around(ADMIN, changes, URI.create("http://in.gress:8080/x"), files);
        server = HttpServer.start("test", new Address("127.0.0.1", 0), handler, Duration.ZERO);
    }

    @AfterEach
    void stop() {
        changes.close();
        server.close();
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    @ParameterizedTest
    @CsvSource({"/, ui/", "/ui, ui/", "/ui?a=b&c=d, ui/?a=b&c=d"})
    void topAndUi_leadToThePage_withTheirQuery(String path, String location) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(header(answer, "location")).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({"/ui/, ./", "/ui/invocations, ./", "/ui/invocations/inv_1, ../", "/ui/a/b/c, ../../"})
    void anyPathBelow_isThePage_thatKnowsHowFarUpItIs(String path, String base)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("<base href=\"" + base + "\">");
        assertThat(header(answer, "cache-control")).isEqualTo("no-cache");
        assertThat(header(answer, "content-type")).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void page_allowsWhatThisServerSends_andCallsToTheIngress() throws IOException, InterruptedException {
        assertThat(header(get("/ui/"), "content-security-policy"))
                .contains("default-src 'none'", "script-src 'self';", "connect-src 'self' http://in.gress:8080")
                .doesNotContain("unsafe", "*");
    }

    @Test
    void page_thatIsKnown_isNotSentAgain() throws IOException, InterruptedException {
        String etag = header(get("/ui/a/b"), "etag");

        assertThat(get("/ui/a/b", "if-none-match", etag).statusCode()).isEqualTo(304);
        assertThat(get("/ui/", "if-none-match", etag).statusCode()).isEqualTo(200);
    }

    @Test
    void page_forWhoTakesIt_isCompressed() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get("/ui/", "accept-encoding", "br, gzip");

        assertThat(header(answer, "content-encoding")).isEqualTo("gzip");
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("<base href=\"./\">");
        }
    }

    @Test
    void asset_isKeptForEver_andCompressedAsTheBuildDid() throws IOException, InterruptedException {
        HttpResponse<byte[]> plain = get("/ui/" + SCRIPT);
        HttpResponse<byte[]> compressed = get("/ui/" + SCRIPT, "accept-encoding", "gzip");

        assertThat(header(plain, "cache-control")).contains("immutable");
        assertThat(header(plain, "content-type")).startsWith("text/javascript");
        assertThat(header(plain, "vary")).isEqualTo("accept-encoding");
        assertThat(plain.body()).hasSize(1_100);
        assertThat(compressed.body()).hasSize(4);
    }

    @Test
    void asset_ofAnotherVersion_isNotThePage() throws IOException, InterruptedException {
        assertThat(get("/ui/assets/ffff/app.js").statusCode()).isEqualTo(404);
    }

    @Test
    void allElse_goesOnToTheAdminApi() throws IOException, InterruptedException {
        assertThat(new String(get("/services").body(), StandardCharsets.UTF_8)).isEqualTo("admin GET");
        HttpRequest post =
                request("/ui/").POST(HttpRequest.BodyPublishers.noBody()).build();
        assertThat(client.send(post, BodyHandlers.ofString()).body()).isEqualTo("admin POST");
    }

    @Test
    void events_tellOfChanges_gathered() throws IOException, InterruptedException {
        try (BufferedReader lines = events("")) {
            assertThat(next(lines)).containsExactly("event: hello", "data: {\"page\":\"0123abcd\"}");
            await(() -> changes.listening() == 1);
            changes.tell(ID);
            changes.tell(OTHER);
            changes.tell(ID);
            assertThat(next(lines))
                    .containsExactly(
                            "event: changes", "data: {\"changed\":[\"" + ID + "\",\"" + OTHER + "\"],\"more\":false}");
        }
        await(() -> changes.listening() == 0);
    }

    @Test
    void events_ofOneInvocation_areOfThatAlone() throws IOException, InterruptedException {
        try (BufferedReader lines = events("?invocation=" + ID)) {
            next(lines);
            await(() -> changes.listening() == 1);
            changes.tell(OTHER);
            changes.tell(ID);
            assertThat(next(lines)).element(1).asString().contains("[\"" + ID + "\"]");
        }
    }

    @Test
    void events_ofNothingSuch_areRefused() throws IOException, InterruptedException {
        assertThat(get("/internal/events?invocation=x").statusCode()).isEqualTo(400);
    }

    @Test
    void events_forTooMany_areRefused() throws IOException, InterruptedException {
        for (int i = 0; i < Changes.LISTENERS_MAX; i++) {
            assertThat(changes.listen(null)).isNotNull();
        }

        HttpResponse<byte[]> answer = get("/internal/events");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "retry-after")).isEqualTo("10");
    }

    @Test
    void events_whenTheServerStops_end() throws IOException, InterruptedException {
        try (BufferedReader lines = events("")) {
            next(lines);
            changes.close();
            assertThat(lines.lines().toList()).containsOnly(":", "");
        }
    }

    @Test
    void manyChanges_areBounded() throws InterruptedException {
        ChangeListener listener = new ChangeListener(null);
        for (int i = 0; i < 2 * ChangeListener.KEPT_MAX; i++) {
            listener.changed(InvocationId.fresh(i, 1, 2, 3));
        }

        ChangeListener.News news = listener.await(0, 0);

        assertThat(news.changed()).hasSize(ChangeListener.KEPT_MAX);
        assertThat(news.more()).isTrue();
    }

    private BufferedReader events(String query) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(request("/internal/events" + query).build(), BodyHandlers.ofInputStream());
        assertThat(header(answer, "content-type")).isEqualTo("text/event-stream");
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The lines of an event. */
    private static List<String> next(BufferedReader lines) throws IOException {
        List<String> event = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !line.isEmpty()) {
            event.add(line);
            line = lines.readLine();
        }
        return event;
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
