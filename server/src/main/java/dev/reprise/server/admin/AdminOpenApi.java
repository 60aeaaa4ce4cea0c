package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The OpenAPI document of the admin API. Its paths are those of the {@link Routes}; the resource {@code openapi.json}
 * describes what each operation takes and answers.
 */
final class AdminOpenApi {
    private static final String RESOURCE = "openapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private final JsonNode bodies;

    private AdminOpenApi(JsonNode bodies) {
        this.bodies = bodies;
    }

    static ObjectNode of(Routes routes, String version) {
        return new AdminOpenApi(bodies()).document(routes, version);
    }

    private static JsonNode bodies() {
        try (InputStream resource = AdminOpenApi.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is not beside " + AdminOpenApi.class);
            }
            return JSON.readTree(resource);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + RESOURCE + " is no JSON: " + e.getMessage(), e);
        }
    }

    private ObjectNode document(Routes routes, String version) {
        ObjectNode document = JSON.createObjectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Admin API").put("version", version);
        ObjectNode paths = document.putObject("paths");
        routes.listed().forEach((template, all) -> {
            ObjectNode path = paths.putObject(template);
            all.forEach(route -> path.set(route.method().toLowerCase(Locale.ROOT), operation(route)));
        });
        document.putObject("components").set("schemas", bodies.required("schemas"));
        return document;
    }

    private ObjectNode operation(Routes.Route route) {
        JsonNode body = bodies.required("operations").required(route.operation());
        ObjectNode operation = JSON.createObjectNode();
        operation.put("operationId", route.operation());
        operation.put("summary", summary(route.operation()));
        ArrayNode parameters = parameters(route, body);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (body.has("request")) {
            ObjectNode request = operation.putObject("requestBody").put("required", true);
            content(request, body.required("request").textValue());
        }
        ObjectNode responses = operation.putObject("responses");
        body.required("responses").properties().forEach(response -> {
            ObjectNode answer = responses.putObject(response.getKey()).put("description", "Success");
            if (!response.getValue().isNull()) {
                ObjectNode forms = content(answer, response.getValue().textValue());
                if (body.has("otherForm")) {
                    forms.putObject(body.required("otherForm").textValue());
                }
            }
        });
        content(responses.putObject("default").put("description", "An error"), "ErrorDescriptionResponse");
        return operation;
    }

    private static ArrayNode parameters(Routes.Route route, JsonNode body) {
        ArrayNode parameters = JSON.createArrayNode();
        PARAMETER
                .matcher(route.template())
                .results()
                .forEach(found -> parameter(parameters, found.group(1), "path", true)
                        .putObject("schema")
                        .put("type", "string"));
        body.path("query")
                .properties()
                .forEach(query ->
                        parameter(parameters, query.getKey(), "query", false).set("schema", query.getValue()));
        return parameters;
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, String where, boolean isRequired) {
        return parameters.addObject().put("name", name).put("in", where).put("required", isRequired);
    }

    private static ObjectNode content(ObjectNode body, String schema) {
        ObjectNode forms = body.putObject("content");
        forms.putObject("application/json").putObject("schema").put("$ref", "#/components/schemas/" + schema);
        return forms;
    }

    private static String summary(String operation) {
        String words = operation.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
