package dev.reprise.sdk.service;

import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.serde.SerdeFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Checks the state keys that a service's classes hold as constants: whether their values could be read back. */
final class StateKeys {
    private StateKeys() {}

    /**
     * Checks the constants of a class, its superclasses and interfaces. Keys in packages that are not open, and keys
     * that are kept elsewhere, are not seen: they fail when they are used.
     *
     * @param serdes serializes values of keys without a serde of their own
     * @throws ServiceDefinitionException when a key has a type for which there is no serde
     */
    static void check(Class<?> type, SerdeFactory serdes) {
        for (Class<?> c : Lineage.of(type)) {
            for (Field field : c.getDeclaredFields()) {
                if (field.getType() == StateKey.class && Modifier.isStatic(field.getModifiers())) {
                    check(field, serdes);
                }
            }
        }
    }

    private static void check(Field field, SerdeFactory serdes) {
        if (field.trySetAccessible() && read(field) instanceof StateKey<?> key) {
            try {
                key.serde(serdes);
            } catch (SerdeException e) {
                throw SerdeFactories.none(
                        "the state key \"" + key + "\" in "
                                + field.getDeclaringClass().getSimpleName() + "." + field.getName(),
                        e,
                        "Or give the key a serde of its own: StateKey.of(name, serde).");
            }
        }
    }

    private static @Nullable Object read(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + field + ", which is accessible: " + e, e);
        }
    }
}
