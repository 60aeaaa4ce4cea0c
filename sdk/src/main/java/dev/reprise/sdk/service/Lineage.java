package dev.reprise.sdk.service;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A class with everything that it inherits from, nearest first, and its methods with everything that they override. It
 * is the reason why annotations may be on an interface or a superclass.
 */
final class Lineage {

    /**
     * A method as its callers see it.
     *
     * @param declarations the method and those that it overrides, nearest first; never empty
     */
    record Family(List<Method> declarations) {

        Method nearest() {
            return declarations.getFirst();
        }

        /** The nearest declaration that has one of the annotations. */
        Optional<Method> annotatedWith(Collection<Class<? extends Annotation>> annotations) {
            return declarations.stream()
                    .filter(method -> annotations.stream().anyMatch(method::isAnnotationPresent))
                    .findFirst();
        }

        /** The nearest such annotation. */
        <A extends Annotation> Optional<A> annotation(Class<A> type) {
            return declarations.stream()
                    .filter(method -> method.isAnnotationPresent(type))
                    .map(method -> method.getAnnotation(type))
                    .findFirst();
        }
    }

    private Lineage() {}

    /** The class, its superclasses without {@link Object}, then all interfaces. */
    static List<Class<?>> of(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        Deque<Class<?>> interfaces = new ArrayDeque<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            found.add(c);
            interfaces.addAll(List.of(c.getInterfaces()));
        }
        while (!interfaces.isEmpty()) {
            Class<?> next = interfaces.removeFirst();
            if (found.add(next)) {
                interfaces.addAll(List.of(next.getInterfaces()));
            }
        }
        return List.copyOf(found);
    }

    /** The methods of a class, including inherited ones but not those that the compiler has generated. */
    static List<Family> methods(Class<?> type) {
        List<List<Method>> families = new ArrayList<>();
        for (Class<?> c : of(type)) {
            Method[] declared = c.getDeclaredMethods();
            Arrays.sort(declared, (a, b) -> show(a).compareTo(show(b)));
            for (Method method : declared) {
                if (!method.isSynthetic()) {
                    familyOf(method, families).add(method);
                }
            }
        }
        return families.stream()
                .map(members -> new Family(List.copyOf(members)))
                .toList();
    }

    private static List<Method> familyOf(Method method, List<List<Method>> families) {
        for (List<Method> family : families) {
            if (family.stream().anyMatch(nearer -> overrides(nearer, method))) {
                return family;
            }
        }
        List<Method> family = new ArrayList<>();
        families.add(family);
        return family;
    }

    private static boolean overrides(Method nearer, Method farther) {
        return nearer.getName().equals(farther.getName())
                && nearer.getParameterCount() == farther.getParameterCount()
                && nearer.getDeclaringClass() != farther.getDeclaringClass()
                && canBeInherited(nearer)
                && canBeInherited(farther)
                && (sameParameters(nearer, farther) || isBridged(nearer, farther));
    }

    private static boolean canBeInherited(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    /**
     * Whether the compiler has generated a bridge from {@code farther}, declared with type variables, to {@code
     * nearer}.
     */
    private static boolean isBridged(Method nearer, Method farther) {
        return Arrays.stream(nearer.getDeclaringClass().getDeclaredMethods())
                .anyMatch(method -> method.isBridge()
                        && method.getName().equals(farther.getName())
                        && sameParameters(method, farther)
                        && acceptsAll(method, nearer));
    }

    private static boolean sameParameters(Method a, Method b) {
        return Arrays.equals(a.getParameterTypes(), b.getParameterTypes());
    }

    private static boolean acceptsAll(Method wider, Method narrower) {
        for (int i = 0; i < wider.getParameterCount(); i++) {
            if (!wider.getParameterTypes()[i].isAssignableFrom(narrower.getParameterTypes()[i])) {
                return false;
            }
        }
        return true;
    }

    /** A method in its usual notation: {@code Counter.add(ObjectContext, long)}. */
    static String show(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
