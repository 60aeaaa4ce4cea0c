package dev.reprise.server.ingress;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.http.AnswerBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param errorSource null if it is not an error
 * @param keptUntilMillis when a retained result expires, in milliseconds since the epoch; 0 for one that is not
 *     retained or has just been computed
 * @param retryAfterSeconds after how long the same request may succeed; 0 if there is no such hint
 */
record Answer(
        int status,
        Bytes body,
        @Nullable String contentType,
        @Nullable String errorSource,
        @Nullable InvocationId invocation,
        long keptUntilMillis,
        int retryAfterSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss[.SSS]'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String JSON_TYPE = "application/json";

    static Answer json(int status, ObjectNode body) {
        return new Answer(status, utf8(body), JSON_TYPE, null, null, 0, 0);
    }

    static Answer empty(int status) {
        return new Answer(status, Bytes.EMPTY, null, null, null, 0, 0);
    }

    /**
     * A handler's result, with the content type that the handler declares for its results. The default is JSON; an
     * empty result has none unless the handler asks for it.
     */
    static Answer value(Bytes value, HandlerManifest.@Nullable Output output) {
        boolean hasType = !value.isEmpty() || (output != null && Boolean.TRUE.equals(output.setContentTypeIfEmpty()));
        String type = output == null ? JSON_TYPE : output.contentType();
        return new Answer(200, value, hasType ? type : null, null, null, 0, 0);
    }

    /**
     * For a request that announces too large a body: it is answered before it is known whether the client reads JSON.
     */
    static Answer tooLarge() {
        return new Answer(413, Bytes.utf8("length limit exceeded"), "text/plain; charset=utf-8", null, null, 0, 0);
    }

    /** An error of the ingress itself. */
    static Answer error(int code, String message) {
        return error(code, new Failure(code, message), "", "ingress");
    }

    /** A failure of the invocation; its code becomes the status if it can be one. An empty stack trace is left out. */
    static Answer failure(Failure failure, String stacktrace) {
        int status = failure.code() >= 100 && failure.code() <= 999 ? failure.code() : 500;
        return error(status, failure, stacktrace, "invocation");
    }

    private static Answer error(int status, Failure failure, String stacktrace, String source) {
        ObjectNode body = JSON.createObjectNode();
        body.put("code", failure.code());
        body.put("message", failure.message());
        if (!stacktrace.isEmpty()) {
            body.put("stacktrace", stacktrace);
        }
        if (!failure.metadata().isEmpty()) {
            ObjectNode metadata = body.putObject("metadata");
            failure.metadata().forEach(pair -> metadata.put(pair.key(), pair.value()));
        }
        body.put("source", source);
        return new Answer(status, utf8(body), JSON_TYPE, source, null, 0, 0);
    }

    private static Bytes utf8(ObjectNode body) {
        return Bytes.wrap(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    Answer withInvocation(@Nullable InvocationId id) {
        return new Answer(status, body, contentType, errorSource, id, keptUntilMillis, retryAfterSeconds);
    }

    Answer keptUntil(long millis) {
        return new Answer(status, body, contentType, errorSource, invocation, millis, retryAfterSeconds);
    }

    Answer retriedAfter(int seconds) {
        return new Answer(status, body, contentType, errorSource, invocation, keptUntilMillis, seconds);
    }

    void writeTo(Request request, Response response, Callback callback) {
        response.setStatus(status);
        if (invocation != null) {
            response.getHeaders().put("x-restate-id", invocation.toString());
        }
        if (keptUntilMillis != 0) {
            response.getHeaders().put("idempotency-expires", TIME.format(Instant.ofEpochMilli(keptUntilMillis)));
        }
        if (errorSource != null) {
            response.getHeaders().put("x-restate-error-source", errorSource);
        }
        if (retryAfterSeconds > 0) {
            response.getHeaders().put("retry-after", retryAfterSeconds);
        }
        if (contentType != null) {
            response.getHeaders().put("content-type", contentType);
        }
        AnswerBody.write(request, response, callback, body.array());
    }
}
