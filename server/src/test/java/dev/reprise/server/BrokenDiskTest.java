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

/** A server process whose disk fails a force. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class BrokenDiskTest {
    @TempDir
    private Path folder;

    private EndpointServer service() throws IOException {
        return Endpoint.bind(ServiceDefinition.service("Echo")
                        .handler("echo", String.class, String.class, (_, text) -> text)
                        .build())
                .listen(0);
    }

    private ChildProcess start(BrokenDisk disk, EndpointServer service, String... flags) throws IOException {
        ChildProcess server = ChildProcess.server(folder, disk.environment(), flags);
        assertThat(server.post("admin API", "/deployments", "{\"uri\":\"http://127.0.0.1:" + service.port() + "\"}")
                        .statusCode())
                .isIn(200, 201);
        return server;
    }

    @Test
    void force_fails_processEndsWithACodeOfItsOwnAndGoesOnWhenStartedAgain() throws IOException, InterruptedException {
        BrokenDisk disk = BrokenDisk.make(folder);
        try (EndpointServer service = service()) {
            try (ChildProcess server = start(disk, service)) {
                assertThat(server.post("ingress", "/Echo/echo", "\"one\"").body())
                        .isEqualTo("\"one\"");
                disk.breakDown();
                assertThat(server.post("ingress", "/Echo/echo", "\"two\"").statusCode())
                        .isEqualTo(503);
                assertThat(server.exitCode()).as(server.output()).isEqualTo(74);
                assertThat(server.output()).contains("ending with code 74, to be started again");
            }
            disk.repair();
            try (ChildProcess server = start(disk, service)) {
                assertThat(server.post("ingress", "/Echo/echo", "\"three\"").body())
                        .isEqualTo("\"three\"");
            }
        }
    }

    @Test
    void force_failsAndTheServerIsToStay_healthSaysWhy() throws IOException, InterruptedException {
        BrokenDisk disk = BrokenDisk.make(folder);
        try (EndpointServer service = service();
                ChildProcess server = start(disk, service, "--on-disk-failure", "stay")) {
            assertThat(server.response("ingress", "/restate/health").statusCode())
                    .isEqualTo(200);
            disk.breakDown();
            assertThat(server.post("ingress", "/Echo/echo", "\"two\"").statusCode())
                    .isEqualTo(503);
            for (String face : new String[] {"ingress", "admin API", "metrics"}) {
                String path = face.equals("ingress") ? "/restate/health" : "/health";
                var answer = server.response(face, path);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("the log has failed", "partition 0 has stopped");
            }
            assertThat(server.get("metrics", "/metrics")).containsPattern("reprise_partitions_stopped\\{[^}]*} [1-9]");
        }
    }
}
