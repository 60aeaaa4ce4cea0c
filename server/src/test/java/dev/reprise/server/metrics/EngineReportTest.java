package dev.reprise.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.embedded.Reprise;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.sdk.service.ServiceDefinition;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineReportTest {
    @TempDir
    private Path folder;

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Reprise reprise = Reprise.embedded()
            .config(EngineConfig.builder().partitions(2).build())
            .bind(ServiceDefinition.service("Echo")
                    .handler("echo", String.class, String.class, (_, text) -> text)
                    .build())
            .start();
    private final Server server = new Server(0);

    @BeforeEach
    void start() throws Exception {
        server.setHandler(new EngineReport(reprise.engine(), folder, "cluster-name = \"lab\"\n", meters));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        reprise.close();
        meters.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void report_ofAnEngineThatIsWell_hasItsPartitionsAndItsFolder() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("log"));
        Files.writeString(folder.resolve("log/segment"), "1234");

        JsonNode report = new ObjectMapper().readTree(get("/internal/engine").body());

        assertThat(report.get("stopped")).isEmpty();
        assertThat(report.get("waiting")).isEmpty();
        assertThat(report.get("refusing").isNull()).isTrue();
        assertThat(report.get("log_bytes").asLong()).isGreaterThanOrEqualTo(4);
        assertThat(report.get("settings").asText()).contains("lab");
        assertThat(report.get("partitions"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.get("applied_lsn").asLong())
                        .isGreaterThanOrEqualTo(one.get("stored_lsn").asLong()));
    }

    @Test
    void metrics_areThoseOfTheRegistry_andOtherPathsAreLeftToOthers() throws IOException, InterruptedException {
        meters.counter("orders").increment();

        assertThat(get("/internal/metrics").body()).contains("orders_total 1.0");
        assertThat(get("/internal/other").statusCode()).isEqualTo(404);
        assertThat(get("/metrics").statusCode()).isEqualTo(404);
    }
}
