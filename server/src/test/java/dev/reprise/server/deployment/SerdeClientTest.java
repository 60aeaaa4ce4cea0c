package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SerdeClientTest {
    private final HttpClient client = HttpClient.start(HttpOptions.DEFAULT);
    private final SerdeClient serdes = new SerdeClient(client, Optional.empty());

    @AfterEach
    void close() {
        client.close();
    }

    private static void echo(ScriptedRequest request) throws Exception {
        String body = new String(request.receiveBytes(), StandardCharsets.UTF_8);
        request.answer(200, "text/plain")
                .sendBytes(String.join(
                                " ",
                                request.method(),
                                request.path(),
                                request.header("content-type"),
                                request.header("accept"),
                                request.header("x-restate-serdes-protocol"),
                                request.header("x-extra"),
                                body)
                        .getBytes(StandardCharsets.UTF_8));
        request.end();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_2, true, /serdes/Greeter/encode/greet/input application/json application/octet-stream",
        "HTTP_2, false, /serdes/Greeter/decode/greet/input application/octet-stream application/json",
        "HTTP_1_1, true, /serdes/Greeter/encode/greet/input application/json application/octet-stream"
    })
    void convert_asksTheSdk(HttpVersion version, boolean toBytes, String asked) throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(SerdeClientTest::echo)) {
            byte[] answer = serdes.convert(
                    new DeploymentEndpoint.Http(deployment.uri(), version, Map.of("x-extra", "yes")),
                    "Greeter",
                    "greet/input",
                    toBytes,
                    "value".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("POST " + asked + " v1 yes value");
        }
    }

    @ParameterizedTest
    @EnumSource
    void convert_largeValue_arrivesWhole(HttpVersion version) throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            byte[] body = request.receiveBytes();
            request.answer(200, "text/plain").sendBytes(body);
            request.end();
        })) {
            byte[] value = new byte[3 << 20];
            assertThat(serdes.convert(
                            new DeploymentEndpoint.Http(deployment.uri(), version, Map.of()), "S", "x", true, value))
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource({"404, no serde of this name", "500, got status code '500'"})
    void convert_refused_saysWhyWithoutTheAnswer(int status, String said) throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.answer(status, "text/html").sendBytes("internal".getBytes(StandardCharsets.UTF_8));
            request.end();
        })) {
            DeploymentEndpoint.Http at = new DeploymentEndpoint.Http(deployment.uri(), HttpVersion.HTTP_2, Map.of());
            assertThatThrownBy(() -> serdes.convert(at, "Greeter", "x", true, new byte[0]))
                    .isInstanceOf(DiscoveryException.class)
                    .hasMessageContaining(said)
                    .hasMessageContaining("text/html")
                    .hasMessageNotContaining("internal");
        }
    }
}
