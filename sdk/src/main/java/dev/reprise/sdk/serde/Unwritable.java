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
import dev.reprise.sdk.RestatePromise;
import java.io.Serial;
import java.lang.reflect.Modifier;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/**
 * Refuses values of which JSON would keep nothing, when they are met where no type could tell before: in an {@code Object},
 * a raw list, a subclass. Jackson alone writes them as <code>{}</code>.
 */
final class Unwritable extends BeanSerializerModifier {
    @Serial
    private static final long serialVersionUID = 1L;

    static final String NOTHING_SEEN = "Jackson sees none of its properties, and would write it as {}";
    static final String GOES_ON = "it stands for something that goes on in this process";

    /** Whether a class stands for work and not for a value. */
    static boolean isUnderWay(Class<?> type) {
        return Future.class.isAssignableFrom(type)
                || CompletionStage.class.isAssignableFrom(type)
                || RestatePromise.class.isAssignableFrom(type)
                || Thread.class.isAssignableFrom(type);
    }

    /** Whether there is something about a value that could be lost. */
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

    /** What to do about a type that is refused. */
    static String remedy(Class<?> type) {
        if (RestatePromise.class.isAssignableFrom(type)) {
            return "Await it, and give its value.";
        }
        if (isUnderWay(type)) {
            return "Wait for it, and give its value.";
        }
        if (BaseStream.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)) {
            return "Collect it into a list.";
        }
        return "Use a record; or let Jackson see the properties (getters, @JsonProperty) and how to make one (a constructor"
                + " without parameters, @JsonCreator); or give a Serde of your own.";
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
                    "a value of " + type.getTypeName() + " cannot be written, for " + reason + ". " + remedy(type));
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
