package dev.reprise.sdk.serde;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.nio.channels.Channel;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** Suggests what to do about a type that is refused. */
final class Remedies {
    private static final String KOTLIN_CLASS = "kotlin.Metadata";

    private Remedies() {}

    /** For a type that cannot be written. */
    static String of(Class<?> type) {
        if (Unwritable.isPromise(type)) {
            return "Await it, and give its value.";
        }
        if (Unwritable.isUnderWay(type)) {
            return "Wait for it, and give its value.";
        }
        if (BaseStream.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)) {
            return "Collect it into a list.";
        }
        if (InputStream.class.isAssignableFrom(type)
                || Readable.class.isAssignableFrom(type)
                || Channel.class.isAssignableFrom(type)) {
            return "Read it into a byte[] or a String.";
        }
        if (type.isAnnotationPresent(FunctionalInterface.class) || Callable.class.isAssignableFrom(type)) {
            return "Code cannot be sent: give the value it computes.";
        }
        if (Modifier.isAbstract(type.getModifiers())
                && !type.isArray()
                && !type.isPrimitive()
                && !type.getName().startsWith("java.")) {
            return "Add @JsonTypeInfo and @JsonSubTypes to it, so that the JSON says which class it is; or name one class.";
        }
        return "Use a record; or let Jackson see the properties (getters, @JsonProperty) and how to make one (a constructor"
                + " without parameters, @JsonCreator); or give a Serde of your own.";
    }

    /** For a type that {@code mapper} cannot write, or cannot read back. */
    static String of(Class<?> type, ObjectMapper mapper) {
        return isOfKotlin(type)
                        && !Modifier.isAbstract(type.getModifiers())
                        && !mapper.getRegisteredModuleIds().contains(KotlinModules.NAME)
                ? "It is a class of Kotlin: add the dependency com.fasterxml.jackson.module:jackson-module-kotlin, which the"
                        + " standard mapper finds; register it with a mapper of your own:"
                        + " addModule(new KotlinModule.Builder().build())."
                : of(type);
    }

    private static boolean isOfKotlin(Class<?> type) {
        return Stream.of(type.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getName().equals(KOTLIN_CLASS));
    }
}
