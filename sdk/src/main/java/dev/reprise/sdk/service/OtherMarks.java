package dev.reprise.sdk.service;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Annotations of other libraries with the same names as ours: code with the wrong import compiles. */
final class OtherMarks {
    private OtherMarks() {}

    /**
     * Which other annotations {@code elements} have in place of ours, and what to do, as {@code "@… , which is another.
     * Import …"}.
     */
    static Optional<String> on(
            Collection<? extends AnnotatedElement> elements, List<Class<? extends Annotation>> ours) {
        return elements.stream()
                .flatMap(element -> Arrays.stream(element.getAnnotations()))
                .map(Annotation::annotationType)
                .flatMap(found -> ours.stream()
                        .filter(our -> our != found && our.getSimpleName().equals(found.getSimpleName()))
                        .map(our -> "@" + found.getName() + ", which is another. Import " + our.getName()))
                .findFirst();
    }
}
