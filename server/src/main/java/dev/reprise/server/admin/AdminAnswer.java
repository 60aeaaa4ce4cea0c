package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.server.http.AnswerBody;
import dev.reprise.server.http.Gzip;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param contentType null for an answer without a body
 * @param headers those other than the content type
 */
record AdminAnswer(int status, @Nullable String contentType, Bytes body, Map<String, String> headers) {

    static AdminAnswer json(int status, JsonNode body) {
        return new AdminAnswer(status, "application/json", Bytes.utf8(body.toString()), Map.of());
    }

    static AdminAnswer empty(int status) {
        return new AdminAnswer(status, null, Bytes.EMPTY, Map.of());
    }

    static AdminAnswer text(int status, String message) {
        return new AdminAnswer(status, "text/plain; charset=utf-8", Bytes.utf8(message), Map.of());
    }

    static AdminAnswer bytes(int status, String contentType, Bytes body) {
        return new AdminAnswer(status, contentType, body, Map.of());
    }

    /** An error; {@code restateCode} is null if it has no code of its own. */
    static AdminAnswer error(int status, String message, @Nullable String restateCode) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("message", restateCode == null ? message : "[" + restateCode + "] " + message);
        body.put("restate_code", restateCode);
        return json(status, body);
    }

    AdminAnswer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new AdminAnswer(status, contentType, body, all);
    }

    void writeTo(Request request, Response response, Callback callback) {
        response.setStatus(status);
        headers.forEach(response.getHeaders()::put);
        if (contentType != null) {
            response.getHeaders().put("content-type", contentType);
        }
        boolean isCompressed = body.size() > Gzip.SHORT_BYTES && Gzip.isTakenBy(request);
        if (isCompressed) {
            Gzip.tell(response);
        }
        AnswerBody.write(request, response, callback, isCompressed ? Gzip.of(body.toArray()) : body.array());
    }
}
