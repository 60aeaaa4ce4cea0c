package dev.reprise.sdk.service;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Annotations of other libraries that are named as ours are: an import of the wrong one compiles. */
final class OtherMarks {
    private OtherMarks() {}

    /**
     * What was found in the place of ours on {@code elements}, and what to do, as {@code "@… , which is another. Import
     * …"}.
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
