package dev.reprise.server.ingress;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.id.InvocationId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What a request is answered with. {@code errorSource} is null when it is no error. */
record Answer(
        int status,
        Bytes body,
        boolean isJson,
        @Nullable String errorSource,
        @Nullable InvocationId invocation) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer json(int status, ObjectNode body) {
        return new Answer(status, utf8(body), true, null, null);
    }

    static Answer empty(int status) {
        return new Answer(status, Bytes.EMPTY, false, null, null);
    }

    /** A handler's result; an empty one has no content type. */
    static Answer value(Bytes value) {
        return new Answer(200, value, !value.isEmpty(), null, null);
    }

    /** An error of the ingress itself. */
    static Answer error(int code, String message) {
        return error(code, new Failure(code, message), "ingress");
    }

    /** A failure of the invocation; its code is the status if it can be one. */
    static Answer failure(Failure failure) {
        int status = failure.code() >= 100 && failure.code() <= 999 ? failure.code() : 500;
        return error(status, failure, "invocation");
    }

    private static Answer error(int status, Failure failure, String source) {
        ObjectNode body = JSON.createObjectNode();
        body.put("code", failure.code());
        body.put("message", failure.message());
        if (!failure.metadata().isEmpty()) {
            ObjectNode metadata = body.putObject("metadata");
            failure.metadata().forEach(pair -> metadata.put(pair.key(), pair.value()));
        }
        body.put("source", source);
        return new Answer(status, utf8(body), true, source, null);
    }

    private static Bytes utf8(ObjectNode body) {
        return Bytes.wrap(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    Answer withInvocation(@Nullable InvocationId id) {
        return new Answer(status, body, isJson, errorSource, id);
    }

    void writeTo(Response response, Callback callback) {
        response.setStatus(status);
        if (invocation != null) {
            response.getHeaders().put("x-restate-id", invocation.toString());
        }
        if (errorSource != null) {
            response.getHeaders().put("x-restate-error-source", errorSource);
        }
        if (isJson) {
            response.getHeaders().put("content-type", "application/json");
        }
        response.write(true, ByteBuffer.wrap(body.array()), callback);
    }
}
