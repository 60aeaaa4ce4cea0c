package dev.reprise.sdk.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes equal sets identically. {@link Set#of} iterates in an order that differs from process to process, and so does
 * a hash set of enums; if they were written in that order, a replay would not equal its journal. Such sets are written
 * in the natural order of their elements, or of their elements' JSON. Sets with an order of their own keep it.
 */
final class StableSets extends BeanSerializerModifier {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription description,
            JsonSerializer<?> serializer) {
        Class<?> raw = type.getRawClass();
        boolean mayLackOrder = raw.isAssignableFrom(Set.class) || Set.class.isAssignableFrom(raw);
        boolean hasOrder = SequencedSet.class.isAssignableFrom(raw) || EnumSet.class.isAssignableFrom(raw);
        return mayLackOrder && !hasOrder ? new Ordering(serializer) : serializer;
    }

    /** Sorts the elements and leaves the writing to Jackson's own serializer. */
    private static final class Ordering extends JsonSerializer<Object> implements ContextualSerializer {
        private final JsonSerializer<Object> writer;

        @SuppressWarnings("unchecked") // Jackson made it for collections
        Ordering(JsonSerializer<?> writer) {
            this.writer = (JsonSerializer<Object>) writer;
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
                throws JsonMappingException {
            return writer instanceof ContextualSerializer contextual
                    ? new Ordering(contextual.createContextual(provider, property))
                    : this;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
            writer.serialize(ordered(value, out), out, provider);
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer typeWriter)
                throws IOException {
            writer.serializeWithType(ordered(value, out), out, provider, typeWriter);
        }

        @Override
        public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType type)
                throws JsonMappingException {
            writer.acceptJsonFormatVisitor(visitor, type);
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Object value) {
            return writer.isEmpty(provider, value);
        }
    }

    private static Object ordered(Object value, JsonGenerator out) throws IOException {
        if (!(value instanceof Set<?> set) || set instanceof SequencedSet<?> || set.size() < 2) {
            return value;
        }
        return set.stream().allMatch(Comparable.class::isInstance) && haveOneClass(set)
                ? byNature(set)
                : byJson(set, (ObjectMapper) out.getCodec());
    }

    private static boolean haveOneClass(Set<?> set) {
        return set.stream().map(Object::getClass).distinct().count() == 1;
    }

    @SuppressWarnings("unchecked") // all are of one comparable class
    private static Collection<?> byNature(Set<?> set) {
        List<Comparable<Object>> elements = new ArrayList<>();
        set.forEach(element -> elements.add((Comparable<Object>) element));
        elements.sort(Comparator.naturalOrder());
        return new LinkedHashSet<>(elements);
    }

    private static Collection<?> byJson(Set<?> set, ObjectMapper mapper) throws IOException {
        record Written(String json, @Nullable Object element) {}
        List<Written> elements = new ArrayList<>();
        for (Object element : set) {
            elements.add(new Written(mapper.writeValueAsString(element), element));
        }
        elements.sort(Comparator.comparing(Written::json));
        return new LinkedHashSet<>(elements.stream().map(Written::element).toList());
    }
}
