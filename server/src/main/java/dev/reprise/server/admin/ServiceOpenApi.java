package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.engine.registry.HandlerDescriptor;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.server.config.Secrets;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document of a service at the ingress: how to call each public handler, send to it, attach to it, and look
 * at its output.
 */
final class ServiceOpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceDescriptor service;
    private final ObjectNode document = JSON.createObjectNode();
    private final ObjectNode paths = JSON.createObjectNode();
    private final ObjectNode schemas = OpenApiComponents.schemas();

    private ServiceOpenApi(ServiceDescriptor service) {
        this.service = service;
    }

    static ObjectNode of(ServiceDescriptor service, @Nullable URI ingress) {
        return new ServiceOpenApi(service).build(ingress);
    }

    private ObjectNode build(@Nullable URI ingress) {
        document.put("openapi", "3.1.0");
        ObjectNode info = document.putObject("info");
        info.put("title", service.name()).put("version", String.valueOf(service.revision()));
        if (service.manifest().documentation() != null) {
            info.put("description", service.manifest().documentation());
        }
        extensions(info, service.manifest().metadata());
        ArrayNode servers = document.putArray("servers");
        if (ingress != null) {
            servers.addObject().put("url", Secrets.shown(ingress)).put("description", "Restate Ingress URL");
        }
        service.handlers().stream().filter(HandlerDescriptor::isPublic).forEach(this::add);
        document.set("paths", paths);
        ObjectNode components = document.putObject("components");
        components.set("parameters", OpenApiComponents.parameters());
        components.set("responses", OpenApiComponents.responses());
        components.set("schemas", schemas);
        document.set("tags", OpenApiComponents.tags());
        return document;
    }

    private void add(HandlerDescriptor handler) {
        PayloadRules payloads = new PayloadRules(handler.manifest());
        schema(handler.name() + "Request", payloads.inputSchema());
        schema(handler.name() + "Response", payloads.outputSchema());
        String key = service.isKeyed() ? "/{key}" : "";
        String target = service.name() + key + "/" + handler.name();
        invoke("/restate/call/" + target, handler, payloads, false);
        invoke("/restate/send/" + target, handler, payloads, true);
        String idempotency = "/restate/invocation/" + target + "/{idempotencyKey}";
        if (handler.kind() == HandlerKind.WORKFLOW_RUN) {
            results("/restate/workflow/" + service.name() + "/{key}", handler, payloads);
        } else if (service.manifest().ty() != ServiceType.WORKFLOW) {
            results(idempotency, handler, payloads);
        }
    }

    private void schema(String name, @Nullable Object schema) {
        if (schema != null) {
            JsonNode moved = JSON.valueToTree(schema);
            if (moved instanceof ObjectNode fields && !fields.has("title")) {
                fields.put("title", name);
            }
            moveReferences(moved, "#/components/schemas/" + name);
            schemas.set(name, moved);
        }
    }

    /** A schema refers to its own parts from its root, and that is now somewhere inside this document. */
    private static void moveReferences(JsonNode node, String root) {
        if (node instanceof ObjectNode fields
                && fields.get("$ref") instanceof TextNode reference
                && reference.textValue().startsWith("#")) {
            fields.put("$ref", root + reference.textValue().substring(1));
        }
        node.forEach(child -> moveReferences(child, root));
    }

    private void invoke(String path, HandlerDescriptor handler, PayloadRules payloads, boolean isSend) {
        String what = isSend ? "Sends a request, and does not wait for its result" : "Calls, and waits for the result";
        ObjectNode post = operation(handler, isSend ? "Send" : "", what);
        ArrayNode parameters = post.putArray("parameters");
        if (service.isKeyed()) {
            OpenApiComponents.refer(parameters.addObject(), "parameters/key");
        }
        if (service.manifest().ty() != ServiceType.WORKFLOW) {
            OpenApiComponents.refer(parameters.addObject(), "parameters/idempotencyKeyHeader");
        }
        if (isSend) {
            OpenApiComponents.refer(parameters.addObject(), "parameters/delay");
            post.putArray("tags").add("Send");
        }
        if (payloads.inputType() != null) {
            ObjectNode body = post.putObject("requestBody");
            body.put("required", payloads.isInputRequired());
            content(body, payloads.inputType(), payloads.inputSchema(), handler.name() + "Request");
        }
        ObjectNode responses = post.putObject("responses");
        if (isSend) {
            OpenApiComponents.refer(responses.putObject("200"), "responses/Send");
            OpenApiComponents.refer(responses.putObject("202"), "responses/Send");
        } else {
            output(responses.putObject("200"), handler, payloads);
        }
        OpenApiComponents.refer(responses.putObject("default"), "responses/GenericError");
        paths.putObject(path).set("post", post);
    }

    private void results(String path, HandlerDescriptor handler, PayloadRules payloads) {
        ObjectNode attach = result(handler, payloads, "Attach", "Waits for the result", "Attach");
        ObjectNode output = result(handler, payloads, "Output", "Looks at the result", "Get Output");
        ObjectNode responses = output.withObject("/responses");
        OpenApiComponents.refer(responses.putObject("470"), "responses/InvocationNotReadyError");
        paths.putObject(path + "/attach").set("get", attach);
        paths.putObject(path + "/output").set("get", output);
    }

    private ObjectNode result(
            HandlerDescriptor handler, PayloadRules payloads, String suffix, String what, String tag) {
        ObjectNode get = operation(handler, suffix, what);
        get.put("deprecated", true);
        get.putArray("tags").add(tag);
        ArrayNode parameters = get.putArray("parameters");
        if (service.isKeyed()) {
            OpenApiComponents.refer(parameters.addObject(), "parameters/key");
        }
        if (service.manifest().ty() != ServiceType.WORKFLOW) {
            OpenApiComponents.refer(parameters.addObject(), "parameters/idempotencyKeyPath");
        }
        ObjectNode responses = get.putObject("responses");
        output(responses.putObject("200"), handler, payloads);
        OpenApiComponents.refer(responses.putObject("404"), "responses/InvocationNotFoundError");
        OpenApiComponents.refer(responses.putObject("default"), "responses/GenericError");
        return get;
    }

    private static ObjectNode operation(HandlerDescriptor handler, String suffix, String what) {
        ObjectNode operation = JSON.createObjectNode();
        operation.put("operationId", handler.name() + suffix);
        operation.put("summary", handler.name());
        String documentation = handler.manifest().documentation();
        operation.put("description", documentation == null ? what + "." : documentation);
        extensions(operation, handler.manifest().metadata());
        return operation;
    }

    private static void output(ObjectNode response, HandlerDescriptor handler, PayloadRules payloads) {
        String type = payloads.outputType();
        if (type == null) {
            response.put("description", "Empty");
        } else {
            response.put("description", "");
            content(response, type, payloads.outputSchema(), handler.name() + "Response");
        }
    }

    private static void content(ObjectNode where, String type, @Nullable Object schema, String schemaName) {
        ObjectNode content = where.putObject("content").putObject(type);
        if (schema != null) {
            OpenApiComponents.refer(content.putObject("schema"), "schemas/" + schemaName);
            content.set("example", SchemaExample.of(JSON.valueToTree(schema)));
        }
    }

    private static void extensions(ObjectNode where, @Nullable Map<String, String> metadata) {
        if (metadata != null && !metadata.isEmpty()) {
            where.set("x-restate-extensions", JSON.valueToTree(metadata));
        }
    }
}
