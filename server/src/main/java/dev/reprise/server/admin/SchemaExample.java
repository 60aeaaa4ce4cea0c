package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A value that fits a JSON schema, for somebody to begin with: what the schema names as one, else the plainest. */
final class SchemaExample {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** A schema may contain itself. */
    private static final int DEPTH_MAX = 8;

    private final JsonNode root;

    private SchemaExample(JsonNode root) {
        this.root = root;
    }

    static JsonNode of(JsonNode schema) {
        return new SchemaExample(schema).of(schema, 0);
    }

    private JsonNode of(JsonNode schema, int depth) {
        if (depth > DEPTH_MAX) {
            return JSON.nullNode();
        }
        Optional<JsonNode> named = named(schema);
        if (named.isPresent()) {
            return named.get();
        }
        String reference = schema.path("$ref").asText();
        if (reference.startsWith("#")) {
            return of(root.at(reference.substring(1)), depth + 1);
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.path(choice).has(0)) {
                return of(schema.path(choice).get(0), depth + 1);
            }
        }
        return ofType(schema, depth);
    }

    private static Optional<JsonNode> named(JsonNode schema) {
        return Stream.of("/example", "/examples/0", "/default", "/const", "/enum/0")
                .map(schema::at)
                .filter(value -> !value.isMissingNode())
                .findFirst();
    }

    private JsonNode ofType(JsonNode schema, int depth) {
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> {
                ArrayNode array = JSON.arrayNode();
                yield schema.has("items") ? array.add(of(schema.path("items"), depth + 1)) : array;
            }
            case "string" -> JSON.textNode(text(schema.path("format").asText()));
            case "integer", "number" -> schema.has("minimum") ? schema.path("minimum") : JSON.numberNode(0);
            case "boolean" -> JSON.booleanNode(false);
            case "null" -> JSON.nullNode();
            default -> JSON.objectNode();
        };
    }

    /** Of several types the first. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? type.path(0).asText()
                : type.isMissingNode() && schema.has("properties") ? "object" : type.asText();
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties")
                .properties()
                .forEach(field -> object.set(field.getKey(), of(field.getValue(), depth + 1)));
        return object;
    }

    private static String text(String format) {
        return switch (format) {
            case "date" -> "2026-01-31";
            case "date-time" -> "2026-01-31T12:00:00Z";
            case "uuid" -> "00000000-0000-0000-0000-000000000000";
            case "uri" -> "https://example.com";
            case "email" -> "somebody@example.com";
            default -> "string";
        };
    }
}
