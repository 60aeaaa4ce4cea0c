package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds answers of the admin API to what its OpenAPI document says of them: no field is missing, and none is untold.
 */
final class AnswerSchemas {
    private final JsonNode document;

    AnswerSchemas(JsonNode document) {
        this.document = document;
    }

    /** Checks the answer to a request; one of a path that the document does not name is not looked at. */
    void check(String method, String path, int status, String body, JsonNode json) {
        String plain = path.split("\\?", 2)[0];
        document.required("paths").properties().stream()
                .filter(known -> plain.matches(known.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
                .map(known -> known.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(operation -> !operation.isMissingNode())
                .findFirst()
                .ifPresent(operation -> check(operation, status, body, json));
    }

    private void check(JsonNode operation, int status, String body, JsonNode json) {
        String name = operation.required("operationId").textValue();
        JsonNode responses = operation.required("responses");
        JsonNode told = status < 400 ? responses.path(String.valueOf(status)) : responses.required("default");
        assertThat(told.isMissingNode())
                .as("%s tells of no status %s", name, status)
                .isFalse();
        JsonNode schema = told.at("/content/application~1json/schema");
        if (schema.isMissingNode()) {
            assertThat(body).as("%s is told to answer nothing", name).isEmpty();
        } else if (status < 400 || !json.isMissingNode()) {
            List<String> faults = new ArrayList<>();
            check(schema, json, name, faults);
            assertThat(faults).isEmpty();
        }
    }

    private void check(JsonNode schema, JsonNode value, String where, List<String> faults) {
        if (schema.has("$ref")) {
            check(document.at(schema.required("$ref").textValue().substring(1)), value, where, faults);
            return;
        }
        if (schema.has("type") && !types(schema.required("type")).contains(typeOf(value, schema))) {
            faults.add(where + " should be " + schema.required("type") + ", is " + value);
        }
        if (schema.has("enum") && !contains(schema.required("enum"), value)) {
            faults.add(where + " should be one of " + schema.required("enum") + ", is " + value);
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.textValue())) {
                faults.add(where + " should have " + name);
            }
        });
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode of = known.isMissingNode() ? schema.path("additionalProperties") : known;
            if (of.isMissingNode() && schema.has("type")) {
                faults.add(where + " has the untold field " + field.getKey());
            } else {
                check(of, field.getValue(), where + "." + field.getKey(), faults);
            }
        });
        if (schema.has("maxItems") && value.size() > schema.required("maxItems").intValue()) {
            faults.add(where + " has " + value.size() + " items");
        }
        if (value.isArray()) {
            value.forEach(item -> check(schema.path("items"), item, where + "[]", faults));
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> types(JsonNode type) {
        List<String> types = new ArrayList<>();
        if (type.isTextual()) {
            types.add(type.textValue());
        }
        type.forEach(one -> types.add(one.textValue()));
        return types;
    }

    private static String typeOf(JsonNode value, JsonNode schema) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case ARRAY -> "array";
            case NUMBER ->
                value.isIntegralNumber() && !types(schema.required("type")).contains("number") ? "integer" : "number";
            case OBJECT -> "object";
            default -> "nothing";
        };
    }
}
