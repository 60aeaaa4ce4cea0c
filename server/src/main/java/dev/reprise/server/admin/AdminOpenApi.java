package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The OpenAPI document of the admin API: its paths, their operations and how errors look. */
final class AdminOpenApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private AdminOpenApi() {}

    static ObjectNode of(Routes routes, String version) {
        ObjectNode document = JSON.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Admin API").put("version", version);
        ObjectNode paths = document.putObject("paths");
        routes.listed().forEach((template, all) -> {
            ObjectNode path = paths.putObject(template);
            all.forEach(route -> path.set(route.method().toLowerCase(Locale.ROOT), operation(route)));
        });
        ObjectNode error = document.putObject("components").putObject("schemas").putObject("Error");
        error.put("type", "object");
        error.putArray("required").add("message");
        ObjectNode fields = error.putObject("properties");
        fields.putObject("message").put("type", "string");
        fields.putObject("restate_code").putArray("type").add("string").add("null");
        return document;
    }

    private static ObjectNode operation(Routes.Route route) {
        ObjectNode operation = JSON.objectNode();
        operation.put("operationId", route.operation());
        operation.put("summary", summary(route.operation()));
        ArrayNode parameters = JSON.arrayNode();
        PARAMETER
                .matcher(route.template())
                .results()
                .map(AdminOpenApi::parameter)
                .forEach(parameters::add);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        responses(operation);
        return operation;
    }

    private static ObjectNode parameter(MatchResult match) {
        ObjectNode parameter = JSON.objectNode();
        parameter.put("name", match.group(1)).put("in", "path").put("required", true);
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    private static void responses(ObjectNode operation) {
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("2XX").put("description", "Success");
        ObjectNode error = responses.putObject("default").put("description", "An error");
        error.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Error");
    }

    private static String summary(String operation) {
        String words = operation.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
