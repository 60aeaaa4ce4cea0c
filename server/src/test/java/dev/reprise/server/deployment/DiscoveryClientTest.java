package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DiscoveryClientTest {
    private static final String V3 = "application/vnd.restate.endpointmanifest.v3+json";
    private static final String GREETER =
            "{\"name\":\"Greeter\",\"ty\":\"SERVICE\",\"handlers\":[{\"name\":\"greet\"}]}";

    private final HttpClient client = HttpClient.start(HttpOptions.DEFAULT);
    private final DiscoveryClient discovery = new DiscoveryClient(client, Optional.empty());

    @AfterEach
    void close() {
        client.close();
    }

    private static String document(String services) {
        return "{\"protocolMode\":\"BIDI_STREAM\",\"minProtocolVersion\":5,\"maxProtocolVersion\":6,\"unknown\":1,"
                + "\"services\":[" + services + "]}";
    }

    private static void answer(ScriptedRequest request, String contentType, String body) throws Exception {
        request.answer(200, contentType).sendBytes(body.getBytes(StandardCharsets.UTF_8));
        request.end();
    }

    private Discovered discover(ScriptedDeployment deployment, @Nullable HttpVersion version) {
        return discovery.discover(deployment.uri(), version, Map.of("x-extra", "yes"));
    }

    private DiscoveryException failure(URI uri, @Nullable HttpVersion version) {
        return catchThrowableOfType(DiscoveryException.class, () -> discovery.discover(uri, version, Map.of()));
    }

    private DiscoveryException failureOfDocument(String contentType, String body) throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(r -> answer(r, contentType, body))) {
            return failure(deployment.uri(), null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void discover_endpoint_givesItsManifest(HttpVersion version) throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            seen.complete(request.method() + " " + request.path() + " " + request.header("accept") + " "
                    + request.header("x-extra") + " " + request.protocol());
            answer(request.with("x-restate-server", "restate-sdk-x/1.2.3"), V3, document(GREETER));
        })) {
            Discovered found = discover(deployment, version);
            assertThat(seen.get())
                    .startsWith("GET /discover application/vnd.restate.endpointmanifest.v1+json, ")
                    .contains("v4+json yes " + (version == HttpVersion.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1"));
            assertThat(found.sdkVersion()).isEqualTo("restate-sdk-x/1.2.3");
            assertThat(found.protocolMode()).isEqualTo(ProtocolMode.BIDI_STREAM);
            assertThat(found.httpVersion()).isEqualTo(version);
            assertThat(found.manifest()
                            .services()
                            .getFirst()
                            .handlers()
                            .getFirst()
                            .name())
                    .isEqualTo("greet");
        }
    }

    @Test
    void discover_overTls_negotiates(@TempDir Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.create(folder);
        try (ScriptedDeployment deployment =
                        ScriptedDeployment.startTls(r -> answer(r, V3, document(GREETER)), certificate);
                HttpClient trusting = HttpClient.start(HttpOptions.DEFAULT, certificate.context())) {
            DiscoveryClient secure = new DiscoveryClient(trusting, Optional.empty());
            assertThat(secure.discover(deployment.uri(), null, Map.of()).httpVersion())
                    .isEqualTo(HttpVersion.HTTP_2);
            assertThat(secure.discover(deployment.uri(), HttpVersion.HTTP_1_1, Map.of())
                            .httpVersion())
                    .isEqualTo(HttpVersion.HTTP_1_1);
        }
    }

    @Test
    void discover_endpointComesUp_isAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            if (asked.incrementAndGet() < 3) {
                request.answer(503, "text/plain").end();
            } else {
                answer(request, V3, document(GREETER));
            }
        })) {
            assertThat(discover(deployment, null).manifest().services()).hasSize(1);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void discover_notFound_isNotAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            asked.incrementAndGet();
            request.answer(404, "text/plain").sendBytes("no such page".getBytes(StandardCharsets.UTF_8));
            request.end();
        })) {
            DiscoveryException failure = failure(deployment.uri(), null);
            assertThat(failure.code()).contains("META0003");
            assertThat(failure)
                    .hasMessageContaining("'404'")
                    .hasMessageContaining("text/plain")
                    .hasMessageNotContaining("no such page");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void discover_nobodyListens_isMeta0003() {
        DiscoveryException failure = failure(URI.create("http://localhost:1/"), null);
        assertThat(failure.code()).contains("META0003");
        assertThat(failure).hasMessageContaining("cannot connect to http://localhost:1");
    }

    @Test
    void discover_http1Only_isMeta0014() throws Exception {
        try (RawPeer peer = RawPeer.start("", RawPeer.HTTP_1_REFUSAL, 20)) {
            assertThat(failure(peer.uri(), null).code()).contains("META0014");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"A\",\"ty\":\"SERVICE\",\"handlers\":[]},{\"name\":\"A\",\"ty\":\"SERVICE\",\"handlers\":[]}"
                        + "|META0013|'A' is there twice",
                "{\"name\":\"a/b\",\"ty\":\"SERVICE\",\"handlers\":[]}|META0013|service name 'a/b'",
                "{\"name\":\"A\",\"ty\":\"SERVICE\",\"handlers\":[{\"name\":\"x.y\"}]}|META0013|handler name 'x.y'",
                "{\"name\":\"A\",\"ty\":\"SERVICE\",\"handlers\":[{\"name\":\"x\",\"ty\":\"WORKFLOW\"}]}"
                        + "|META0013|invalid combination",
                "{\"name\":\"A\",\"ty\":\"SERVICE\"}|META0013|missing field 'handlers'",
                "{\"name\":\"A\",\"ty\":\"SERVICE\",\"handlers\":[],\"abortTimeout\":-1}|META0013|negative",
                "{\"name\":\"A\",\"ty\":\"SOMETHING\",\"handlers\":[]}||cannot be decoded",
                "{\"name\":\"A\",\"ty\":\"SERVICE\",\"handlers\":[],\"abortTimeout\":\"soon\"}||cannot be decoded",
                "{\"name\"||cannot be decoded"
            })
    void discover_badDocument_isRefused(String services, @Nullable String code, String message) throws Exception {
        DiscoveryException failure = failureOfDocument(V3, document(services));
        assertThat(failure.code()).isEqualTo(Optional.ofNullable(code));
        assertThat(failure).hasMessageContaining(message);
    }

    @Test
    void discover_otherVersions_areMeta0012() throws Exception {
        String tooNew = document(GREETER).replace(":5", ":8").replace(":6", ":9");
        assertThat(failureOfDocument(V3, tooNew).code()).contains("META0012");
        String tooOld = document(GREETER).replace(":5", ":1").replace(":6", ":4");
        assertThat(failureOfDocument(V3, tooOld).code()).contains("META0012");
        String upsideDown = document(GREETER).replace(":5", ":7");
        assertThat(failureOfDocument(V3, upsideDown).code()).contains("META0013");
    }

    @Test
    void discover_noProtocolModeOrOtherContentType_isMeta0013() throws Exception {
        String noMode = document(GREETER).replace("\"protocolMode\":\"BIDI_STREAM\",", "");
        assertThat(failureOfDocument(V3, noMode)).hasMessageContaining("missing protocol mode");
        DiscoveryException failure = failureOfDocument("application/json", document(GREETER));
        assertThat(failure.code()).contains("META0013");
        assertThat(failure).hasMessageContaining("Bad content type header: 'application/json'");
    }

    @Test
    void discover_endlessAnswer_isRefused() throws Exception {
        byte[] piece = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.answer(200, V3);
            for (int i = 0; i < 100; i++) {
                request.sendBytes(piece);
            }
            request.end();
        })) {
            assertThat(failure(deployment.uri(), null)).hasMessageContaining("larger than 16777216 bytes");
        }
    }

    @Test
    void discover_deeplyNestedSchema_isRefused() throws Exception {
        String deep = "[".repeat(500) + "]".repeat(500);
        String service = "{\"name\":\"A\",\"ty\":\"SERVICE\",\"handlers\":[{\"name\":\"x\",\"input\":{\"jsonSchema\":"
                + deep + "}}]}";
        assertThat(failureOfDocument(V3, document(service))).hasMessageContaining("nesting depth");
    }
}
