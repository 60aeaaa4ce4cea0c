package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeRef;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A handler as its method declares it.
 *
 * @param method the method to invoke
 * @param declarations all methods that it stands for: its own, those that override it and those that it overrides
 * @param name its name
 * @param kind what it may do
 * @param input the type of its input; {@code void} if it takes none
 * @param output the type of its result; {@code void} if it has none
 * @param serdes serializes both
 * @param options the options in its annotations
 */
record HandlerShape(
        Method method,
        List<Method> declarations,
        String name,
        HandlerKind kind,
        Type input,
        Type output,
        SerdeFactory serdes,
        HandlerOptions options) {
    HandlerShape {
        declarations = List.copyOf(declarations);
    }

    Serde<@Nullable Object> inputSerde() {
        return serde(input, "input");
    }

    Serde<@Nullable Object> outputSerde() {
        return serde(output, "result");
    }

    @SuppressWarnings("unchecked") // values come from and go to a method of exactly this type
    private Serde<@Nullable Object> serde(Type type, String what) {
        return (Serde<@Nullable Object>) SerdeFactories.create(
                serdes,
                TypeRef.of(type),
                "the " + what + " of " + Lineage.show(method),
                "Or name another factory with @Handler(serde = …).");
    }
}
