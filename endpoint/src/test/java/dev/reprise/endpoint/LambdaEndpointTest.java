package dev.reprise.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class LambdaEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LambdaEndpoint lambda = Endpoint.bind(new Attempt.Greeter()).lambda();

    private static ObjectNode event(String path, String header, String value) {
        ObjectNode event = JSON.createObjectNode().put("path", path).put("httpMethod", "POST");
        event.putObject("headers").put(header, value);
        return event;
    }

    private JsonNode handle(JsonNode event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        lambda.handle(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), answer);
        return JSON.readTree(answer.toByteArray());
    }

    private static byte[] body(JsonNode answer) {
        assertThat(answer.path("isBase64Encoded").asBoolean()).isTrue();
        return Base64.getDecoder().decode(answer.path("body").asText());
    }

    @Test
    void discovery_saysRequestResponse() throws IOException {
        JsonNode answer = handle(event("/discover/", "Accept", "application/vnd.restate.endpointmanifest.v3+json"));
        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(new String(body(answer), StandardCharsets.UTF_8)).contains("REQUEST_RESPONSE", "Greeter");
    }

    @Test
    void attempt_answersWhenTheHandlerIsDone() throws IOException {
        ObjectNode event = event("/invoke/Greeter/large", "Content-Type", "application/vnd.restate.invocation.v6");
        event.put("isBase64Encoded", true).put("body", Base64.getEncoder().encodeToString(Attempt.request("2")));
        JsonNode answer = handle(event);
        assertThat(answer.path("headers").path("content-type").asText())
                .isEqualTo("application/vnd.restate.invocation.v6");
        assertThat(Attempt.messages(body(answer)))
                .containsExactly(
                        new Command.Output(new Result.Value(Bytes.utf8("\"xx\"")), ""), new ControlMessage.End());
    }

    @Test
    void event_ofAnotherKind_isRefused() {
        assertThatThrownBy(() -> handle(JSON.createObjectNode().put("Records", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("proxy event");
    }
}
