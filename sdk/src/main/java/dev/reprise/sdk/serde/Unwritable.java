package dev.reprise.sdk.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import java.io.Serial;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values that JSON would lose, where no type could reveal that earlier: in an {@code Object}, a raw list, a
 * subclass. By itself, Jackson writes them as <code>{}</code>.
 */
final class Unwritable extends BeanSerializerModifier {
    @Serial
    private static final long serialVersionUID = 1L;

    static final String NOTHING_SEEN = "Jackson sees none of its properties, and would write it as {}";
    static final String GOES_ON = "it stands for something that goes on in this process";

    /** Types of libraries that may be absent. */
    private static final Set<String> UNDER_WAY =
            Set.of("org.reactivestreams.Publisher", "kotlinx.coroutines.Job", "kotlinx.coroutines.flow.Flow");

    /** Whether a class represents work rather than a value. */
    static boolean isUnderWay(Class<?> type) {
        return Future.class.isAssignableFrom(type)
                || CompletionStage.class.isAssignableFrom(type)
                || isPromise(type)
                || Flow.Publisher.class.isAssignableFrom(type)
                || Thread.class.isAssignableFrom(type)
                || isOneOf(UNDER_WAY, type);
    }

    /**
     * Whether a class is one of the SDK's promises; recognized by name, since this package knows nothing of the SDK.
     */
    static boolean isPromise(Class<?> type) {
        return isOneOf(Set.of("dev.reprise.sdk.RestatePromise"), type);
    }

    private static boolean isOneOf(Set<String> names, @Nullable Class<?> type) {
        return type != null
                && (names.contains(type.getName())
                        || isOneOf(names, type.getSuperclass())
                        || Stream.of(type.getInterfaces()).anyMatch(parent -> isOneOf(names, parent)));
    }

    /** Whether a value contains anything that could be lost. */
    static boolean hasState(Class<?> type) {
        return type.isHidden()
                || type.isInterface()
                || Stream.<Class<?>>iterate(type, next -> next != null, Class::getSuperclass)
                        .flatMap(declaring -> Stream.of(declaring.getDeclaredFields()))
                        .anyMatch(field -> !field.isSynthetic()
                                && !Modifier.isStatic(field.getModifiers())
                                && !Modifier.isTransient(field.getModifiers()));
    }

    /** Whether a serializer has no property to write. */
    static boolean writesNothing(JsonSerializer<?> serializer, BeanDescription description) {
        return serializer instanceof UnknownSerializer
                || serializer instanceof Refusing
                || serializer instanceof BeanSerializerBase bean
                        && !bean.properties().hasNext()
                        && description.findAnyGetter() == null;
    }

    @Override
    public JsonSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
        Class<?> type = description.getBeanClass();
        if (isUnderWay(type)) {
            return new Refusing(type, GOES_ON);
        }
        return writesNothing(serializer, description) && hasState(type) ? new Refusing(type, NOTHING_SEEN) : serializer;
    }

    /** Throws instead of writing. */
    private static final class Refusing extends JsonSerializer<Object> {
        private final Class<?> type;
        private final String reason;

        Refusing(Class<?> type, String reason) {
            this.type = type;
            this.reason = reason;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
                throws JsonMappingException {
            throw JsonMappingException.from(
                    out,
                    "a value of " + type.getTypeName() + " cannot be written, for " + reason + ". "
                            + Remedies.of(type));
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer typeWriter)
                throws JsonMappingException {
            serialize(value, out, provider);
        }

        @Override
        public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType declared)
                throws JsonMappingException {
            visitor.expectAnyFormat(declared);
        }
    }
}
