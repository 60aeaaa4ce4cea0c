package dev.reprise.sdk.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer.
 *
 * @param status the HTTP status
 * @param body the bytes of the body
 * @param invocationId the header {@code x-restate-id}, which every answer about an invocation has
 * @param errorSource the header {@code x-restate-error-source}, which names the source of an error; null if absent
 */
record HttpAnswer(
        int status,
        Bytes body,
        @Nullable String invocationId,
        @Nullable String errorSource) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static HttpAnswer of(HttpResponse<byte[]> response) {
        return new HttpAnswer(
                response.statusCode(),
                Bytes.wrap(response.body()),
                response.headers().firstValue("x-restate-id").orElse(null),
                response.headers().firstValue("x-restate-error-source").orElse(null));
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Whether the server, or something in front of it, could not answer now, as opposed to a failed invocation. */
    boolean isTemporary() {
        return (status == 429 || status == 502 || status == 503 || status == 504) && !isOfInvocation();
    }

    /** Servers that do not send the source yet send an id with failures of the invocation. */
    private boolean isOfInvocation() {
        return errorSource == null ? invocationId != null : errorSource.equals("invocation");
    }

    /** The body of a success. */
    Bytes orThrow() {
        if (!isSuccess()) {
            throw failure();
        }
        return body;
    }

    /** The body of a success, as JSON. */
    JsonNode json() {
        orThrow();
        try {
            return JSON.readTree(body.array());
        } catch (IOException e) {
            throw ClientException.unavailable(
                    "Expected JSON from the server, found something else: " + body.utf8()
                            + ". Check that the address is that of an ingress.",
                    e);
        }
    }

    private ClientException failure() {
        JsonNode error = errorBody();
        Map<String, String> metadata = new LinkedHashMap<>();
        error.path("metadata")
                .properties()
                .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
        return new ClientException(
                isOfInvocation()
                        ? ClientException.Reason.INVOCATION_FAILED
                        : isTemporary() ? ClientException.Reason.UNAVAILABLE : ClientException.Reason.REFUSED,
                error.path("code").asInt(status),
                error.path("message").asText("the server answered with status " + status + ": " + body.utf8()),
                metadata,
                invocationId,
                null);
    }

    /** Something between client and server may answer with anything. */
    private JsonNode errorBody() {
        try {
            JsonNode parsed = JSON.readTree(body.array());
            return parsed == null ? JSON.nullNode() : parsed;
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }
}
