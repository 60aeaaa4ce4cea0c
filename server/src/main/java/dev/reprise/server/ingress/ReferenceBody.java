package dev.reprise.server.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.InvocationReference;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that names an invocation: by its id, as a workflow, or by its idempotency key. */
final class ReferenceBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode body;
    private final String what;

    private ReferenceBody(JsonNode body, String what) {
        this.body = body;
        this.what = what;
    }

    /**
     * Reads a body.
     *
     * @param what describes the body, for the message
     * @throws IngressException with 500, as clients of Restate expect, when the body names none
     */
    static InvocationReference read(Bytes body, String what) {
        try {
            return new ReferenceBody(JSON.readTree(body.array()), what).reference();
        } catch (IOException e) {
            throw bad(what, String.valueOf(e.getMessage()));
        }
    }

    private InvocationReference reference() {
        String target = required("target");
        return switch (target) {
            case "invocation" -> new InvocationReference.ById(required("invocationId"));
            case "workflow" ->
                new InvocationReference.ByWorkflow(
                        required("workflowName"), required("workflowKey"), ScopeRules.scope(optional("scope")));
            case "idempotentInvocation" ->
                new InvocationReference.ByIdempotencyKey(
                        required("service"),
                        optional("key"),
                        required("handler"),
                        required("idempotencyKey"),
                        ScopeRules.scope(optional("scope")));
            default ->
                throw bad(
                        what,
                        "unknown variant `" + target
                                + "`, expected one of `workflow`, `idempotentInvocation`, `invocation`");
        };
    }

    private String required(String field) {
        String value = optional(field);
        if (value == null) {
            throw bad(what, "missing field `" + field + "`");
        }
        return value;
    }

    private @Nullable String optional(String field) {
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static IngressException bad(String what, String reason) {
        return new IngressException(500, "cannot read body: invalid " + what + " body: " + reason);
    }
}
