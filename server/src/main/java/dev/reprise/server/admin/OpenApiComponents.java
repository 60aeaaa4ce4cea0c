package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The parts that the documents of all services share. */
final class OpenApiComponents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OpenApiComponents() {}

    /** Makes a node a reference to a component. */
    static void refer(ObjectNode node, String component) {
        node.put("$ref", "#/components/" + component);
    }

    static ObjectNode parameters() {
        ObjectNode all = JSON.objectNode();
        all.set("delay", parameter("delay", "query", "How long to wait before the handler runs, 10s or PT10S.", false));
        all.set(
                "idempotencyKeyHeader",
                parameter("idempotency-key", "header", "Requests with the same key run the handler once.", false));
        all.set(
                "idempotencyKeyPath",
                parameter("idempotencyKey", "path", "The idempotency key of the original request.", true));
        all.set("key", parameter("key", "path", "The object's or the workflow's key.", true));
        return all;
    }

    private static ObjectNode parameter(String name, String where, String description, boolean isRequired) {
        ObjectNode parameter = JSON.objectNode();
        parameter.put("name", name).put("in", where).put("required", isRequired).put("description", description);
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    static ObjectNode responses() {
        ObjectNode all = JSON.objectNode();
        all.set("GenericError", error("Error response"));
        all.set("InvocationNotFoundError", error("Invocation not found"));
        all.set("InvocationNotReadyError", error("The invocation has no result yet"));
        ObjectNode send = all.putObject("Send").put("description", "The invocation that was accepted");
        ObjectNode schema =
                send.putObject("content").putObject("application/json").putObject("schema");
        schema.put("title", "RestateSendResponse").put("type", "object").put("additionalProperties", false);
        schema.putArray("required").add("invocationId").add("status");
        ObjectNode fields = schema.putObject("properties");
        fields.putObject("invocationId").put("type", "string");
        fields.putObject("status")
                .put("type", "string")
                .putArray("enum")
                .add("Accepted")
                .add("PreviouslyAccepted");
        fields.putObject("executionTime").put("type", "string").put("format", "date-time");
        return all;
    }

    private static ObjectNode error(String description) {
        ObjectNode response = JSON.objectNode().put("description", description);
        refer(response.putObject("content").putObject("application/json").putObject("schema"), "schemas/RestateError");
        return response;
    }

    static ObjectNode schemas() {
        ObjectNode all = JSON.objectNode();
        ObjectNode error = all.putObject("RestateError");
        error.put("title", "RestateError").put("type", "object").put("additionalProperties", false);
        error.putArray("required").add("message").add("source");
        ObjectNode fields = error.putObject("properties");
        fields.putObject("code").put("type", "number");
        fields.putObject("message").put("type", "string");
        fields.putObject("stacktrace").put("type", "string");
        fields.putObject("metadata")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "string");
        fields.putObject("source")
                .put("type", "string")
                .putArray("enum")
                .add("ingress")
                .add("invocation");
        return all;
    }

    static ArrayNode tags() {
        ArrayNode tags = JSON.arrayNode();
        for (String name : List.of("Request Response", "Send", "Attach", "Get Output")) {
            tags.addObject().put("name", name);
        }
        return tags;
    }
}
