package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.Reprise;
import dev.reprise.server.config.Address;
import dev.reprise.server.http.BodyLimits;
import dev.reprise.server.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the ingress to what the original was seen to answer, with the same services. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IngressScenarioTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"origins", "bodies", "methods", "delays", "results", "idempotency", "refusals", "paths"})
    void scenario_played_answersAsRecorded(String name) throws IOException, InterruptedException {
        assertAnswersAsRecorded(name, HttpClient.Version.HTTP_1_1, IngressServer.DEFAULT_BODY_BYTES_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bodies", "results"})
    void scenario_playedOverClearTextHttp2_answersAsRecorded(String name) throws IOException, InterruptedException {
        assertAnswersAsRecorded(name, HttpClient.Version.HTTP_2, IngressServer.DEFAULT_BODY_BYTES_MAX);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void sizes_playedWithALimit_answersAsRecorded(HttpClient.Version version) throws IOException, InterruptedException {
        assertAnswersAsRecorded("sizes", version, 64);
    }

    private static void assertAnswersAsRecorded(String name, HttpClient.Version version, int bodyBytesMax)
            throws IOException, InterruptedException {
        try (Reprise reprise = services().start();
                IngressServer ingress = IngressServer.start(reprise.engine(), 0, bodyBytesMax);
                HttpClient client = HttpClient.newBuilder().version(version).build()) {
            List<String> lines = lines("/ingress/" + name + ".txt");
            IngressScenario scenario = new IngressScenario(URI.create("http://127.0.0.1:" + ingress.port()), client);
            // The upgrade to HTTP/2, which comes with a request without a body.
            scenario.play(List.of("> GET /restate/health"));

            assertThat(String.join("\n", scenario.play(lines))).isEqualTo(String.join("\n", lines));
            assertThat(scenario.versions()).containsExactly(version);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1_1, /Ops/raw, true, 413",
        "HTTP_1_1, /Ops/raw, false, 413",
        "HTTP_1_1, /Nobody/raw, false, 404",
        "HTTP_2, /Ops/raw, true, 413",
        "HTTP_2, /Ops/raw, false, 413",
        "HTTP_2, /Nobody/raw, false, 404"
    })
    void body_largerThanWhatIsReadOfIt_isAnsweredAllTheSame(
            HttpClient.Version version, String path, boolean lengthIsSaid, int status)
            throws IOException, InterruptedException {
        try (Reprise reprise = services().start();
                IngressServer ingress = IngressServer.start(reprise.engine(), 0, 1_000);
                HttpClient client = HttpClient.newBuilder().version(version).build()) {
            URI uri = URI.create("http://127.0.0.1:" + ingress.port());
            new IngressScenario(uri, client).play(List.of("> GET /restate/health"));
            BodyPublisher body = BodyPublishers.ofByteArray(new byte[2_000_000]);
            HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                    .header("content-type", "application/octet-stream")
                    .POST(lengthIsSaid ? body : BodyPublishers.fromPublisher(body))
                    .build();

            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2030-01-01T01:00:00Z", "38, 2030-01-01T01:00:00.038000000Z"})
    void delay_isCountedByTheEnginesClock(long millis, String executionTime) throws IOException, InterruptedException {
        InstantSource clock = InstantSource.fixed(NOW.plusMillis(millis));
        try (Reprise reprise = services().clock(clock).start();
                HttpServer ingress = HttpServer.start(
                        "ingress",
                        new Address("127.0.0.1", 0),
                        IngressServer.handler(
                                reprise.engine(),
                                IngressServer.bodies(BodyLimits.upTo(1_000)),
                                clock,
                                IngressTraces.NONE),
                        Duration.ZERO);
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + ingress.port() + "/Ops/greet/send?delay=1h");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString("\"Ada\""))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("\"executionTime\":\"" + executionTime + "\"");
        }
    }

    private static Reprise.Builder services() {
        Reprise.Builder builder = Reprise.embedded();
        IngressTestServices.all().forEach(builder::bind);
        return builder;
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream file = Objects.requireNonNull(IngressScenarioTest.class.getResourceAsStream(resource))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
