package dev.reprise.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.server.http.ContentType;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request with its path taken apart.
 *
 * @param version the version of the API that it asks for, 0 if it names none
 * @param parameters the variable parts of the path, decoded
 * @param query the query's parameters, decoded; the last value of one that is repeated
 * @param contentType null if the request names none
 */
record AdminRequest(
        int version,
        Map<String, String> parameters,
        Map<String, String> query,
        @Nullable String contentType,
        Bytes content) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    coercions -> coercions
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** Whether the client speaks at least this version of the API; a client that names none speaks the newest. */
    boolean speaks(int oldest) {
        return version == 0 || version >= oldest;
    }

    /** A variable part of the path. */
    String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("no parameter '" + name + "' in the path's template");
        }
        return value;
    }

    DeploymentId deploymentId() {
        String text = parameter("deployment");
        try {
            return DeploymentId.parse(text);
        } catch (ProtocolException _) {
            throw AdminException.invalidPath("deployment", text);
        }
    }

    Optional<String> queryParameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    boolean flag(String name) {
        String value = query.getOrDefault(name, "false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw AdminException.invalidQuery(name + ": provided string was not `true` or `false`");
        };
    }

    /** The body, a JSON document of the given shape. Unknown fields are ignored. */
    <T> T body(Class<T> shape) {
        if (contentType == null || !isJson(contentType)) {
            throw AdminException.malformed(415, "Expected request with `Content-Type: application/json`");
        }
        try {
            JsonNode document = JSON.readTree(content.array());
            if (document.isMissingNode()) {
                throw AdminException.malformed(400, "Failed to parse the request body as JSON: it is empty");
            }
            return convert(document, shape);
        } catch (JsonProcessingException e) {
            throw AdminException.malformed(400, "Failed to parse the request body as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw AdminException.malformed(400, "Failed to read the request body: " + e.getMessage());
        }
    }

    private static <T> T convert(JsonNode document, Class<T> shape) {
        try {
            T value = JSON.treeToValue(document, shape);
            if (value == null) {
                throw unfitting("null");
            }
            return value;
        } catch (MismatchedInputException e) {
            throw unfitting(reason(e));
        } catch (JsonProcessingException e) {
            throw unfitting(e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw unfitting(String.valueOf(e.getMessage()));
        }
    }

    /** What Jackson objected to, in terms of JSON. */
    private static String reason(MismatchedInputException e) {
        String field = e.getPath().stream()
                .map(place -> place.getFieldName() == null ? "[" + place.getIndex() + "]" : place.getFieldName())
                .collect(Collectors.joining("."));
        if (e.getOriginalMessage().startsWith("Missing required")) {
            return "missing field `" + field + "`";
        }
        return (field.isEmpty() ? "" : field + ": ") + "expected " + shape(e.getTargetType());
    }

    private static String shape(@Nullable Class<?> type) {
        if (type == null || type == String.class) {
            return "a text";
        } else if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        } else if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return "an object";
    }

    /** The body is JSON, but not of the expected shape. */
    static AdminException unfitting(String reason) {
        return AdminException.malformed(422, "Failed to deserialize the JSON body into the target type: " + reason);
    }

    private static boolean isJson(String contentType) {
        String bare = ContentType.withoutParameters(contentType);
        return bare.equalsIgnoreCase("application/json")
                || (bare.regionMatches(true, 0, "application/", 0, 12) && bare.endsWith("+json"));
    }
}
