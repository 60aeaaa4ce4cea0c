package dev.reprise.sdk.serde;

import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatTypes;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonNullFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonValueFormat;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what a serializer reports about its values into one place of a {@link JsonSchema}. */
final class JsonSchemaVisitor extends JsonFormatVisitorWrapper.Base {
    private final JsonSchema schema;
    private final ObjectNode place;

    JsonSchemaVisitor(JsonSchema schema, SerializerProvider serializers, ObjectNode place) {
        super(serializers);
        this.schema = schema;
        this.place = place;
    }

    @Override
    public @Nullable JsonObjectFormatVisitor expectObjectFormat(JavaType type) throws JsonMappingException {
        return schema.define(type, place);
    }

    @Override
    public @Nullable JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
        if (type.hasRawClass(byte[].class)) {
            place.put("type", "string").put("contentEncoding", "base64");
            return null;
        }
        place.put("type", "array");
        if (Set.class.isAssignableFrom(type.getRawClass())) {
            place.put("uniqueItems", true);
        }
        return new OfArray(getProvider());
    }

    @Override
    public JsonMapFormatVisitor expectMapFormat(JavaType type) {
        place.put("type", "object");
        return new OfMap(getProvider());
    }

    @Override
    public JsonStringFormatVisitor expectStringFormat(JavaType type) {
        place.put("type", "string");
        return new OfString();
    }

    @Override
    public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
        place.put("type", "number");
        return new JsonNumberFormatVisitor.Base();
    }

    @Override
    public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
        place.put("type", "integer");
        return new JsonIntegerFormatVisitor.Base();
    }

    @Override
    public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
        place.put("type", "boolean");
        return new JsonBooleanFormatVisitor.Base();
    }

    @Override
    public JsonNullFormatVisitor expectNullFormat(JavaType type) {
        place.put("type", "null");
        return new JsonNullFormatVisitor.Base();
    }

    @Override
    public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
        return new JsonAnyFormatVisitor.Base();
    }

    private final class OfArray extends JsonArrayFormatVisitor.Base {
        OfArray(SerializerProvider serializers) {
            super(serializers);
        }

        @Override
        public void itemsFormat(JsonFormatVisitable handler, JavaType type) throws JsonMappingException {
            place.set("items", schema.schema(handler, type));
        }

        @Override
        public void itemsFormat(JsonFormatTypes format) {
            place.putObject("items").put("type", format.value());
        }
    }

    private final class OfMap extends JsonMapFormatVisitor.Base {
        OfMap(SerializerProvider serializers) {
            super(serializers);
        }

        @Override
        public void valueFormat(JsonFormatVisitable handler, JavaType type) throws JsonMappingException {
            place.set("additionalProperties", schema.schema(handler, type));
        }
    }

    private final class OfString extends JsonStringFormatVisitor.Base {
        @Override
        public void format(JsonValueFormat format) {
            place.put("format", format.toString());
        }

        @Override
        public void enumTypes(Set<String> values) {
            ArrayNode all = place.putArray("enum");
            values.forEach(all::add);
        }
    }

    /** Fills the definition of an object type, property by property. */
    static final class OfObject extends JsonObjectFormatVisitor.Base {
        private final JsonSchema schema;
        private final ObjectNode definition;

        OfObject(JsonSchema schema, SerializerProvider serializers, ObjectNode definition) {
            super(serializers);
            this.schema = schema;
            this.definition = definition;
        }

        @Override
        public void property(BeanProperty property) throws JsonMappingException {
            definition.withArray("required").add(property.getName());
            describe(property);
        }

        @Override
        public void optionalProperty(BeanProperty property) throws JsonMappingException {
            if (Components.isRequired(property, getProvider().getConfig())) {
                property(property);
            } else {
                describe(property);
            }
        }

        private void describe(BeanProperty property) throws JsonMappingException {
            add(property.getName(), serializer(property), property.getType());
            String description = property.getMetadata().getDescription();
            if (description != null) {
                ((ObjectNode) definition.get("properties").get(property.getName())).put("description", description);
            }
        }

        @Override
        public void property(String name, JsonFormatVisitable handler, JavaType type) throws JsonMappingException {
            definition.withArray("required").add(name);
            add(name, handler, type);
        }

        @Override
        public void optionalProperty(String name, JsonFormatVisitable handler, JavaType type)
                throws JsonMappingException {
            add(name, handler, type);
        }

        private void add(String name, JsonFormatVisitable handler, JavaType type) throws JsonMappingException {
            ObjectNode properties = (ObjectNode) definition.get("properties");
            if (!properties.has(name)) {
                properties.set(name, schema.schema(handler, type));
            }
        }

        private JsonFormatVisitable serializer(BeanProperty property) throws JsonMappingException {
            JsonSerializer<?> own = property instanceof BeanPropertyWriter writer ? writer.getSerializer() : null;
            return own == null ? getProvider().findValueSerializer(property.getType(), property) : own;
        }
    }
}
