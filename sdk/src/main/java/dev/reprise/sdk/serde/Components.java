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

/** Which properties of records are always there: those of components that nothing says may be missing. */
final class Components {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private Components() {}

    /**
     * Whether a property is of a record's component, and of none that is {@code @Nullable}, an {@link Optional}, has a
     * default or is left out for some of its values.
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
