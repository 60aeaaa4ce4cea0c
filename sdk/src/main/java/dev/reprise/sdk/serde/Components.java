package dev.reprise.sdk.serde;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the properties of records that are always present: those of components that nothing allows to be missing. */
final class Components {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private Components() {}

    /**
     * Whether a property belongs to a record's component, and only to components that are not {@code @Nullable}, not an
     * {@link Optional}, have no default and are not left out for some of their values.
     */
    static boolean isRequired(BeanProperty property, SerializationConfig config) {
        return !property.getMetadata().hasDefaultValue()
                && component(property.getMember())
                        .filter(component -> !isOptional(component) && isAlwaysWritten(property, component, config))
                        .isPresent();
    }

    private static Optional<RecordComponent> component(AnnotatedMember member) {
        Class<?> type = member == null ? Object.class : member.getDeclaringClass();
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getName().equals(member.getName()))
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isOptional(RecordComponent component) {
        return OPTIONALS.contains(component.getType())
                || Stream.<AnnotatedElement>of(component, component.getAnnotatedType(), component.getAccessor())
                        .flatMap(element -> Arrays.stream(element.getAnnotations()))
                        .map(Annotation::annotationType)
                        .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
    }

    private static boolean isAlwaysWritten(
            BeanProperty property, RecordComponent component, SerializationConfig config) {
        JsonInclude.Include included = property.findPropertyInclusion(config, component.getDeclaringRecord())
                .getValueInclusion();
        return included == JsonInclude.Include.ALWAYS || included == JsonInclude.Include.USE_DEFAULTS;
    }
}
