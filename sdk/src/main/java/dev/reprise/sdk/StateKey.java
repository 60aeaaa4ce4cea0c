package dev.reprise.sdk;

import dev.reprise.protocol.WellFormed;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.util.Objects;
import java.util.function.Function;

/**
 * The name of one piece of an object's or workflow's state, and the type of its value. Immutable; usually a constant:
 *
 * {@snippet :
 * private static final StateKey<Long> COUNT = StateKey.of("count", Long.class);
 * }
 */
public final class StateKey<T> {
    private final String name;
    private final Function<SerdeFactory, Serde<T>> serde;

    private StateKey(String name, Function<SerdeFactory, Serde<T>> serde) {
        this.name = WellFormed.require("name of a state key", Objects.requireNonNull(name, "the name of a state key"));
        this.serde = serde;
    }

    /** A key whose values are of a class. */
    public static <T> StateKey<T> of(String name, Class<T> type) {
        Objects.requireNonNull(type, "the type of a state key");
        return new StateKey<>(name, factory -> factory.create(type));
    }

    /** A key whose values are of a type that a class does not describe, or serialized in a way of their own. */
    public static <T> StateKey<T> of(String name, TypeDescriptor<T> type) {
        Objects.requireNonNull(type, "the type of a state key");
        return new StateKey<>(name, type::serde);
    }

    /** The name it has in the engine's store. */
    public String name() {
        return name;
    }

    /** How its values are serialized, where {@code factory} is the handler's. */
    public Serde<T> serde(SerdeFactory factory) {
        return serde.apply(factory);
    }

    @Override
    public String toString() {
        return name;
    }
}
