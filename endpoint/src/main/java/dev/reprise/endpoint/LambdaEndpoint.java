package dev.reprise.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An endpoint as a function on AWS Lambda, for events in the form of an API gateway's proxy. Give {@link #handle} to a
 * {@code RequestStreamHandler}; no library of AWS is needed here. Any thread.
 *
 * {@snippet :
 * public final class Function implements RequestStreamHandler {
 *     private static final LambdaEndpoint ENDPOINT = Endpoint.bind(new Greeter()).lambda();
 *
 *     @Override
 *     public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
 *         ENDPOINT.handle(event, answer);
 *     }
 * }
 * }
 *
 * <p>A handler suspends whenever it waits, so that no time is paid for waiting; the server invokes the function again
 * when there is something to go on with.
 */
public final class LambdaEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EndpointHandler endpoint;

    LambdaEndpoint(EndpointHandler endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Answers one event; returns when the handler has ended or suspended.
     *
     * @throws IOException when the event cannot be read, or the answer not be written
     * @throws IllegalArgumentException when the event is not one of an API gateway's proxy
     */
    public void handle(InputStream event, OutputStream answer) throws IOException {
        JsonNode request = JSON.readTree(event);
        if (!request.path("path").isTextual()) {
            throw new IllegalArgumentException(
                    "Expected an API gateway's proxy event with a \"path\", found " + request.getNodeType()
                            + ". Let the server invoke the function; do not test it with other events.");
        }
        Collected collected = new Collected();
        RequestBody body = endpoint.open(head(request), collected);
        body.write(ByteBuffer.wrap(bytes(request)));
        body.end();
        answer.write(JSON.writeValueAsBytes(collected.await()));
    }

    private static EndpointRequestHead head(JsonNode request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        String path = request.path("path").asText();
        return new EndpointRequestHead(
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path, headers, false);
    }

    private static byte[] bytes(JsonNode request) {
        String body = request.path("body").asText("");
        return request.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
    }

    /** The whole answer. Written by one thread, awaited by another. */
    private static final class Collected implements EndpointResponse {
        private final CompletableFuture<ObjectNode> whole = new CompletableFuture<>();
        private final ObjectNode answer = JSON.createObjectNode();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        ObjectNode await() {
            try {
                return whole.join();
            } catch (CompletionException e) {
                throw new IllegalArgumentException("Expected the messages of one attempt: " + e.getCause(), e);
            }
        }

        @Override
        public void head(int status, Map<String, String> headers) {
            answer.put("statusCode", status);
            ObjectNode fields = answer.putObject("headers");
            headers.forEach(fields::put);
        }

        @Override
        public void write(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            body.writeBytes(copy);
        }

        @Override
        public void end() {
            answer.put("isBase64Encoded", true);
            answer.put("body", Base64.getEncoder().encodeToString(body.toByteArray()));
            whole.complete(answer);
        }

        @Override
        public void fail(RuntimeException cause) {
            whole.completeExceptionally(cause);
        }
    }
}
