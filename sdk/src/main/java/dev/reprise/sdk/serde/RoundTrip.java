package dev.reprise.sdk.serde;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.impl.UnsupportedTypeDeserializer;
import com.fasterxml.jackson.databind.deser.std.ContainerDeserializerBase;
import com.fasterxml.jackson.databind.deser.std.ReferenceTypeDeserializer;
import com.fasterxml.jackson.databind.deser.std.ThrowableDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.ContainerSerializer;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import com.fasterxml.jackson.databind.ser.impl.UnsupportedTypeSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.JsonValueSerializer;
import com.fasterxml.jackson.databind.util.ClassUtil;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether what Jackson writes for a type can be read back, as far as the type reveals it: otherwise a value
 * would be recorded and could never be read. It follows the serializers and deserializers that the mapper has chosen,
 * so annotations, mix-ins and modules apply. Where one of them is not Jackson's own, or a value names its class itself,
 * nothing is refused.
 *
 * <p>Used once, by one thread.
 */
final class RoundTrip {
    private final ObjectMapper mapper;
    private final SerializerProvider serializers;
    private final DeserializationContext deserializers;
    private final Set<JavaType> seen = new HashSet<>();

    /** Why values nested at some place cannot be read back. */
    private record Problem(String place, JavaType type, String reason) {}

    private RoundTrip(ObjectMapper mapper) {
        this.mapper = mapper;
        this.serializers = mapper.getSerializerProviderInstance();
        this.deserializers = ((DefaultDeserializationContext) mapper.getDeserializationContext())
                .createDummyInstance(mapper.getDeserializationConfig());
    }

    /**
     * Checks that values of {@code type} can be written and read back.
     *
     * @throws SerdeException when they cannot; it says why and what to do
     */
    static void require(ObjectMapper mapper, JavaType type) {
        new RoundTrip(mapper).problem(type, "").ifPresent(problem -> {
            throw new SerdeException(
                    "Expected a type that can be written as JSON and read again, found " + type.toCanonical()
                            + place(problem, type) + ": " + problem.reason + ". "
                            + Remedies.of(problem.type.getRawClass(), mapper),
                    null);
        });
    }

    private static String place(Problem problem, JavaType root) {
        return problem.type.equals(root)
                ? ""
                : " with " + problem.type.toCanonical() + " at \"" + problem.place.replaceFirst("^\\.", "") + "\"";
    }

    private Optional<Problem> problem(JavaType type, String place) {
        if (Unwritable.isUnderWay(type.getRawClass())) {
            return problem(type, place, Unwritable.GOES_ON);
        }
        try {
            return isPolymorphic(type)
                    ? Optional.empty()
                    : problem(
                            type,
                            serializers.findValueSerializer(type),
                            deserializers.findContextualValueDeserializer(type, null),
                            place);
        } catch (JsonMappingException e) {
            return problem(type, place, e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return problem(type, place, String.valueOf(e.getMessage()));
        }
    }

    /** Whether values are written with their class, or with an id of it. */
    private boolean isPolymorphic(JavaType type) throws JsonMappingException {
        return serializers.findTypeSerializer(type) != null;
    }

    private static Optional<Problem> problem(JavaType type, String place, String reason) {
        return Optional.of(new Problem(place, type, reason));
    }

    private Optional<Problem> problem(JavaType type, JsonSerializer<?> writer, JsonDeserializer<?> reader, String place)
            throws JsonMappingException {
        if (type.isJavaLangObject() || !seen.add(type)) {
            return Optional.empty();
        }
        if (writer instanceof UnsupportedTypeSerializer || reader instanceof UnsupportedTypeDeserializer) {
            return problem(type, place, "its values need a module that the mapper does not have");
        }
        if (reader instanceof AbstractDeserializer) {
            return problem(type, place, "it is abstract, and nothing says which class to make when it is read");
        }
        return switch (reader) {
            case ContainerDeserializerBase<?> container -> contentProblem(type, writer, container, place);
            case ReferenceTypeDeserializer<?> ignored -> problem(type.getContentType(), place);
            case ThrowableDeserializer ignored -> Optional.empty();
            case BeanDeserializerBase bean -> beanProblem(type, writer, bean, place);
            default -> Optional.empty();
        };
    }

    private Optional<Problem> contentProblem(
            JavaType type, JsonSerializer<?> writer, ContainerDeserializerBase<?> reader, String place)
            throws JsonMappingException {
        ValueInstantiator maker = reader.getValueInstantiator();
        if (maker != null
                && !(maker.canCreateUsingDefault()
                        || maker.canCreateUsingDelegate()
                        || maker.canCreateUsingArrayDelegate()
                        || maker.canCreateFromObjectWith())) {
            return problem(type, place, "it has no constructor without parameters");
        }
        JavaType content = type.getContentType();
        if (content == null || isPolymorphic(content)) {
            return Optional.empty();
        }
        if (Unwritable.isUnderWay(content.getRawClass())) {
            return problem(content, place + "[]", Unwritable.GOES_ON);
        }
        JsonSerializer<?> own = writer instanceof ContainerSerializer<?> known ? known.getContentSerializer() : null;
        JsonDeserializer<?> contentReader = reader.getContentDeserializer();
        return contentReader == null
                ? problem(content, place + "[]")
                : problem(
                        content,
                        own == null ? serializers.findValueSerializer(content) : own,
                        contentReader,
                        place + "[]");
    }

    private Optional<Problem> beanProblem(
            JavaType type, JsonSerializer<?> writer, BeanDeserializerBase reader, String place)
            throws JsonMappingException {
        ValueInstantiator maker = reader.getValueInstantiator();
        if (writer instanceof JsonValueSerializer) {
            return valueProblem(type, maker, place);
        }
        boolean writesNothing =
                Unwritable.writesNothing(writer, serializers.getConfig().introspect(type));
        if (writesNothing && Unwritable.hasState(type.getRawClass())) {
            return problem(type, place, Unwritable.NOTHING_SEEN);
        }
        if (!(writer instanceof BeanSerializerBase) && !writesNothing) {
            return Optional.empty();
        }
        if (maker.canCreateUsingDelegate() || maker.canCreateUsingArrayDelegate()) {
            return Optional.empty();
        }
        if (!maker.canCreateUsingDefault() && !maker.canCreateFromObjectWith()) {
            return problem(type, place, "Jackson finds neither a constructor nor a factory to make it with");
        }
        return propertyProblem(type, writer, reader, place);
    }

    /** {@code @JsonValue} writes something other than an object, which needs a creator that accepts it. */
    private Optional<Problem> valueProblem(JavaType type, ValueInstantiator maker, String place) {
        AnnotatedMember value = serializers.getConfig().introspect(type).findJsonValueAccessor();
        Class<?> written = value == null ? Object.class : value.getRawType();
        boolean scalar = CharSequence.class.isAssignableFrom(written)
                || Number.class.isAssignableFrom(ClassUtil.wrapperType(boxable(written)))
                || written == boolean.class
                || written == Boolean.class;
        boolean taken = maker.canCreateFromString()
                || maker.canCreateFromInt()
                || maker.canCreateFromLong()
                || maker.canCreateFromBigInteger()
                || maker.canCreateFromDouble()
                || maker.canCreateFromBigDecimal()
                || maker.canCreateFromBoolean()
                || maker.canCreateUsingDelegate();
        return scalar && !taken
                ? problem(type, place, "nothing takes what its @JsonValue gives, which a @JsonCreator would")
                : Optional.empty();
    }

    private static Class<?> boxable(Class<?> type) {
        return type.isPrimitive() ? type : int.class;
    }

    private Optional<Problem> propertyProblem(
            JavaType type, JsonSerializer<?> writer, BeanDeserializerBase reader, String place)
            throws JsonMappingException {
        boolean comesBack = false;
        for (Iterator<PropertyWriter> all = writer.properties(); all.hasNext(); ) {
            PropertyWriter written = all.next();
            SettableBeanProperty read = reader.findProperty(written.getName());
            comesBack |= read != null || !(written instanceof BeanPropertyWriter known) || known.isUnwrapping();
            if (read != null
                    && written instanceof BeanPropertyWriter known
                    && known.getTypeSerializer() == null
                    && !read.hasValueTypeDeserializer()) {
                Optional<Problem> found = propertyProblem(known, read, place + "." + written.getName());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        boolean loses = !comesBack && Unwritable.hasState(type.getRawClass()) && !takesAnything(type);
        return loses ? problem(type, place, "none of the properties that are written is read") : Optional.empty();
    }

    private Optional<Problem> propertyProblem(BeanPropertyWriter written, SettableBeanProperty read, String place)
            throws JsonMappingException {
        if (Unwritable.isUnderWay(written.getType().getRawClass())) {
            return problem(written.getType(), place, Unwritable.GOES_ON);
        }
        JsonSerializer<?> own = written.getSerializer();
        return problem(
                written.getType(),
                own == null ? serializers.findValueSerializer(written.getType(), written) : own,
                read.getValueDeserializer(),
                place);
    }

    private boolean takesAnything(JavaType type) {
        return mapper.getDeserializationConfig().introspect(type).findAnySetterAccessor() != null;
    }
}
