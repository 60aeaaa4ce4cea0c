package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.Reprise;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.examples.guides.start.Embedded;
import dev.reprise.server.ingress.IngressServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of {@code docs/moving.md} and {@code docs/getting-started.md}, as far as they run without fixed ports.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class MovingTest {
    @TempDir
    private Path folder;

    @Test
    void oneClient_embeddedAndOverHttp_givesTheSame() throws IOException {
        try (Reprise reprise = Moving.embedded(folder);
                IngressServer ingress =
                        IngressServer.start(reprise.engine(), 0, IngressServer.DEFAULT_BODY_BYTES_MAX)) {
            URI address = URI.create("http://localhost:" + ingress.port());
            assertThat(Moving.use(Moving.client(reprise, address))).isEqualTo("Hello Ada");
            assertThat(Moving.use(Moving.client(null, address))).isEqualTo("Hello Ada");
        }
    }

    @Test
    void served_tellsWhatItServes() throws IOException, InterruptedException {
        try (EndpointServer server = Moving.serve(0);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest discover = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/discover"))
                    .header("accept", "application/vnd.restate.endpointmanifest.v4+json")
                    .build();
            assertThat(client.send(discover, BodyHandlers.ofString()).body())
                    .contains("\"name\":\"Greeter\"")
                    .contains("\"title\":\"Greeting\"");
        }
    }

    @Test
    void embeddedProgram_printsWhatTheGuideSays() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Embedded.class.getName())
                .directory(folder.toFile())
                .start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).isZero();
        assertThat(printed).isEqualToIgnoringNewLines("Greeting[text=Hello Ada, weather=sunny]");
        assertThat(Guide.named("getting-started.md").text()).contains(printed.strip());
    }
}
