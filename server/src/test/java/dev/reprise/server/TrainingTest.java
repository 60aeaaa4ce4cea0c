package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.config.ConfigLoader;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.jvm.Training;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
    @Test
    void everyHandlerIsCalledAndSucceeds(@TempDir Path folder) throws IOException, InterruptedException {
        ServerConfig config = ConfigLoader.load(
                        null,
                        Map.of(),
                        Map.of("base-dir", folder.toString(), "bind-ip", "127.0.0.1", "use-random-ports", "true"))
                .config();
        try (RepriseServer server = RepriseServer.start(config, "", false)) {
            URI admin = server.healthUri(RepriseServer.ADMIN);
            Training.run(server.healthUri(RepriseServer.INGRESS), admin, Duration.ofMillis(200));
            assertThat(query(admin, "SELECT DISTINCT target_handler_name AS h FROM sys_invocation ORDER BY h"))
                    .isEqualTo("{\"rows\":[{\"h\":\"add\"},{\"h\":\"call\"},{\"h\":\"plain\"},{\"h\":\"step\"}]}");
            assertThat(query(admin, "SELECT completion_failure AS f FROM sys_invocation WHERE retry_count > 1"))
                    .isEqualTo("{\"rows\":[]}");
        }
    }

    private static String query(URI admin, String sql) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(admin.resolve("/query"))
                .header("accept", "application/json")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + sql + "\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
