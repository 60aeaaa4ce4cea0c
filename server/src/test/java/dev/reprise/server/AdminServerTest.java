package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.AdminProvider.Access;
import dev.reprise.sdk.service.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The admin API over an engine that is part of a program. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdminServerTest {
    private static final URI INGRESS = URI.create("http://127.0.0.1:8080");

    private static HttpResponse<String> send(AdminServer server, String method, String path, String body)
            throws IOException, InterruptedException {
        return send(server.port(), method, path, body);
    }

    private static HttpResponse<String> send(int port, String method, String path, String body)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("content-type", "application/json")
                    .header("accept", "application/json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    void reader_asks_andChangesNothing() throws IOException, InterruptedException {
        try (Reprise reprise = Reprise.embedded().start();
                AdminServer server = AdminServer.start(reprise.engine(), 0, INGRESS)) {
            assertThat(send(server, "GET", "/version", "").body()).contains("http://127.0.0.1:8080");
            assertThat(send(server, "POST", "/query", "{\"query\":\"SELECT 1 AS n\"}")
                            .body())
                    .isEqualTo("{\"rows\":[{\"n\":1}]}");
            HttpResponse<String> refused =
                    send(server, "PATCH", "/invocations/inv_1i5CGNnkQpG10eusbLFKdAUXkPgnKtS9Ed/kill", "");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("started to be read");
        }
    }

    @Test
    void program_asksForAPort_andHasThePage() throws IOException, InterruptedException {
        try (Reprise reprise = Reprise.embedded().admin(0).start()) {
            int port = reprise.adminPort().orElseThrow();
            assertThat(send(port, "GET", "/ui/", "").statusCode()).isEqualTo(200);
            assertThat(send(port, "GET", "/version", "").body()).doesNotContain("ingress_endpoint");
            assertThat(send(port, "POST", "/deployments", "{\"uri\":\"http://127.0.0.1:9\"}")
                            .statusCode())
                    .isEqualTo(403);

            assertThatThrownBy(() -> Reprise.embedded().admin(port).start())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Expected to serve the admin API on port " + port + ", failed: ");
        }
    }

    @Test
    void changer_mayChange_butAddsNoDeployment() throws IOException, InterruptedException {
        try (Reprise reprise = Reprise.embedded().start();
                AdminServer server = AdminServer.start(reprise.engine(), 0, INGRESS, Access.CHANGE)) {
            assertThat(send(server, "PATCH", "/invocations/inv_1i5CGNnkQpG10eusbLFKdAUXkPgnKtS9Ed/kill", "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(server, "POST", "/deployments", "{\"uri\":\"http://127.0.0.1:9\"}")
                            .body())
                    .contains("binds its handlers itself");
        }
    }
}
