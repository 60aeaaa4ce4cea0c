package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a server process sends its traces, and what it sends along. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class TraceExportTest {
    @TempDir
    private Path folder;

    @Test
    void endpoint_withoutPrefix_takesTracesOverGrpcWithTheConfiguredHeaders() throws IOException {
        try (TraceCollector collector = new TraceCollector()) {
            exportsTo(collector, collector.grpcEndpoint());
        }
    }

    @Test
    void endpoint_ofHttp_takesTracesWithTheConfiguredHeaders() throws IOException {
        try (TraceCollector collector = new TraceCollector()) {
            exportsTo(collector, collector.endpoint());
        }
    }

    private void exportsTo(TraceCollector collector, String endpoint) throws IOException {
        String settings = """
                tracing-endpoint = "%s"
                tracing-headers = { authorization = "Bearer t" }
                """.formatted(endpoint);
        ServiceDefinition echo = ServiceDefinition.service("Echo")
                .handler("echo", String.class, String.class, (_, text) -> text)
                .build();
        try (EndpointServer service = Endpoint.bind(echo).listen(0);
                ChildProcess server = ChildProcess.configuredServer(folder, settings)) {
            server.post("admin API", "/deployments", "{\"uri\":\"http://127.0.0.1:" + service.port() + "\"}");
            assertThat(server.post("ingress", "/Echo/echo", "\"a\"").body()).isEqualTo("\"a\"");
            server.await("all spans are exported", () -> collector.spans().size() == 4);

            assertThat(collector.spans())
                    .extracting(TraceCollector.Span::name)
                    .containsExactlyInAnyOrder(
                            "ingress_invoke Echo/echo",
                            "invocation-start Echo/echo",
                            "invocation-attempt Echo/echo",
                            "invocation-end Echo/echo");
            assertThat(collector.authorizations()).containsOnly("Bearer t");
        }
    }
}
