package dev.reprise.sdk.serde;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (draft 2020-12) of what Jackson writes for one type.
 *
 * <p>Jackson's own serializers describe what they write, so the mapper's annotations, modules and naming strategies
 * apply here too. The types of fields are written once, under {@code $defs}, and referred to; a type may contain
 * itself. Subtypes that Jackson knows are alternatives. An object may have more properties than the schema names.
 */
final class JsonSchema {
    private static final Set<Class<?>> OPTIONAL_NUMBERS =
            Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private static final String DEFINITIONS = "#/$defs/";

    private final ObjectMapper mapper;
    private final SerializerProvider serializers;
    private final Map<JavaType, String> names = new HashMap<>();
    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    private JsonSchema(ObjectMapper mapper) {
        this.mapper = mapper;
        this.serializers = mapper.getSerializerProviderInstance();
    }

    /** The schema as JSON text; empty for a type that this mapper can at best read. */
    static Optional<String> of(JavaType type, ObjectMapper mapper) {
        try {
            return Optional.of(mapper.writer().writeValueAsString(new JsonSchema(mapper).root(type)));
        } catch (JsonProcessingException typeIsNeverWritten) {
            return Optional.empty();
        }
    }

    private ObjectNode root(JavaType type) throws JsonMappingException {
        ObjectNode schema = schema(serializers.findValueSerializer(type), type);
        if (schema.get("$ref") instanceof TextNode reference) {
            schema = unfolded(reference.textValue());
        }
        if (!definitions.isEmpty()) {
            ObjectNode all = schema.putObject("$defs");
            definitions.forEach(all::set);
        }
        return schema;
    }

    /** The definition itself, which stays among the others only if one of them refers to it. */
    private ObjectNode unfolded(String reference) {
        ObjectNode definition = Objects.requireNonNull(definitions.remove(reference.substring(DEFINITIONS.length())));
        if (Stream.concat(Stream.of(definition), definitions.values().stream())
                .anyMatch(other -> other.findValuesAsText("$ref").contains(reference))) {
            definitions.put(reference.substring(DEFINITIONS.length()), definition.deepCopy());
        }
        return definition;
    }

    /** What {@code handler} writes for values of {@code type}. */
    ObjectNode schema(JsonFormatVisitable handler, JavaType type) throws JsonMappingException {
        TypeSerializer ids = serializers.findTypeSerializer(type);
        ObjectNode schema = ids == null ? null : alternatives(type, ids);
        if (schema == null) {
            schema = JsonNodeFactory.instance.objectNode();
            handler.acceptJsonFormatVisitor(new JsonSchemaVisitor(this, serializers, schema), type);
        }
        return type.isReferenceType() || OPTIONAL_NUMBERS.contains(type.getRawClass()) ? orNull(schema) : schema;
    }

    /** Null when the type has no subtypes that Jackson knows. */
    private @Nullable ObjectNode alternatives(JavaType type, TypeSerializer ids) throws JsonMappingException {
        List<Class<?>> subtypes = mapper
                .getSubtypeResolver()
                .collectAndResolveSubtypesByClass(mapper.getSerializationConfig(), annotated(type))
                .stream()
                .map(NamedType::getType)
                // A subtype inherits its supertype's annotations, which name its siblings too.
                .filter(subtype -> type.getRawClass().isAssignableFrom(subtype))
                .filter(subtype -> !Modifier.isAbstract(subtype.getModifiers()))
                .<Class<?>>map(subtype -> subtype)
                .toList();
        if (subtypes.isEmpty() || subtypes.equals(List.of(type.getRawClass()))) {
            return null;
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (isPropertyOf(ids)) {
            ArrayNode choices = schema.putArray(ids.getPropertyName() == null ? "anyOf" : "oneOf");
            for (Class<?> subtype : subtypes) {
                JavaType specialized = serializers.constructSpecializedType(type, subtype);
                ObjectNode choice = choices.addObject();
                serializers
                        .findValueSerializer(specialized)
                        .acceptJsonFormatVisitor(new JsonSchemaVisitor(this, serializers, choice), specialized);
            }
        }
        return schema;
    }

    private static boolean isPropertyOf(TypeSerializer ids) {
        return ids.getTypeInclusion() == JsonTypeInfo.As.PROPERTY
                || ids.getTypeInclusion() == JsonTypeInfo.As.EXISTING_PROPERTY;
    }

    /**
     * Makes {@code place} refer to the definition of an object type; the first caller gets the visitor that fills it.
     */
    @Nullable
    JsonObjectFormatVisitor define(JavaType type, ObjectNode place) throws JsonMappingException {
        if (saysNothing(type)) {
            return null;
        }
        String known = names.get(type);
        if (known != null) {
            place.put("$ref", reference(known));
            return null;
        }
        String name = unusedName(type);
        names.put(type, name);
        place.put("$ref", reference(name));
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definitions.put(name, definition);
        definition.put("title", name).put("type", "object");
        describe(type, definition);
        ObjectNode properties = definition.putObject("properties");
        discriminate(type, definition, properties);
        return new JsonSchemaVisitor.OfObject(this, serializers, definition);
    }

    private void describe(JavaType type, ObjectNode definition) {
        String description = serializers.getAnnotationIntrospector().findClassDescription(annotated(type));
        if (description != null) {
            definition.put("description", description);
        }
    }

    /** A value of such a type may be anything, even a string. */
    private static boolean saysNothing(JavaType type) {
        return type.isJavaLangObject()
                || type.isInterface() && type.getRawClass().getMethods().length == 0;
    }

    private AnnotatedClass annotated(JavaType type) {
        return serializers.getConfig().introspectClassAnnotations(type).getClassInfo();
    }

    /** A type that is written with its id has the id among its properties. */
    private void discriminate(JavaType type, ObjectNode definition, ObjectNode properties) throws JsonMappingException {
        TypeSerializer ids = serializers.findTypeSerializer(type);
        if (ids == null || ids.getPropertyName() == null || !isPropertyOf(ids)) {
            return;
        }
        String id = ids.getTypeIdResolver().idFromValueAndType(null, type.getRawClass());
        properties.putObject(ids.getPropertyName()).put("const", id);
        definition.putArray("required").add(ids.getPropertyName());
    }

    private String unusedName(JavaType type) {
        String wanted = simpleName(type);
        String name = wanted;
        for (int i = 2; definitions.containsKey(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    private static String simpleName(JavaType type) {
        StringBuilder name =
                new StringBuilder(type.getRawClass().getSimpleName().replace("[]", "Array"));
        for (int i = 0; i < type.containedTypeCount(); i++) {
            name.append(i == 0 ? "Of" : "And").append(simpleName(type.containedType(i)));
        }
        return name.toString();
    }

    private static String reference(String name) {
        return DEFINITIONS + name;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.isEmpty()) {
            return schema;
        }
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }
}
