package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.Reprise;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the ingress to what the original was seen to answer, with the same services. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IngressScenarioTest {
    @ParameterizedTest
    @ValueSource(strings = {"origins", "bodies", "methods", "delays", "results", "idempotency", "refusals", "paths"})
    void scenario_played_answersAsRecorded(String name) throws IOException, InterruptedException {
        Reprise.Builder builder = Reprise.embedded();
        IngressTestServices.all().forEach(builder::bind);
        try (Reprise reprise = builder.start();
                IngressServer ingress = IngressServer.start(reprise.engine(), 0, IngressServer.DEFAULT_BODY_BYTES_MAX);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            List<String> lines = lines("/ingress/" + name + ".txt");
            IngressScenario scenario = new IngressScenario(URI.create("http://127.0.0.1:" + ingress.port()), client);

            assertThat(String.join("\n", scenario.play(lines))).isEqualTo(String.join("\n", lines));
        }
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream file = Objects.requireNonNull(IngressScenarioTest.class.getResourceAsStream(resource))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
