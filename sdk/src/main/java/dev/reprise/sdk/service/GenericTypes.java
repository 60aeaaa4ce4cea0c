package dev.reprise.sdk.service;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Stream;

/** Finds type variables: a value of an unknown type cannot be read. */
final class GenericTypes {
    private GenericTypes() {}

    /** Whether a parameter or the result of {@code method} depends on a type variable. */
    static boolean mentionsVariable(Method method) {
        return Stream.concat(Arrays.stream(method.getGenericParameterTypes()), Stream.of(method.getGenericReturnType()))
                .anyMatch(GenericTypes::mentionsVariable);
    }

    /** Whether {@code type} is a type variable or contains one. */
    static boolean mentionsVariable(Type type) {
        return switch (type) {
            case TypeVariable<?> ignored -> true;
            case ParameterizedType parameterized -> anyMentions(parameterized.getActualTypeArguments());
            case GenericArrayType array -> mentionsVariable(array.getGenericComponentType());
            case WildcardType wildcard ->
                anyMentions(wildcard.getUpperBounds()) || anyMentions(wildcard.getLowerBounds());
            default -> false;
        };
    }

    private static boolean anyMentions(Type[] types) {
        return Arrays.stream(types).anyMatch(GenericTypes::mentionsVariable);
    }
}
