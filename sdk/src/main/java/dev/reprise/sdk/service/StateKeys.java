package dev.reprise.sdk.service;

import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.serde.SerdeFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** The state keys that a service's classes hold as constants: whether their values would come back. */
final class StateKeys {
    private StateKeys() {}

    /**
     * Checks those of a class, its superclasses and interfaces. What their modules do not open is not seen, and neither
     * are keys that are kept elsewhere: they fail when they are used.
     *
     * @param serdes how values of keys without a serde of their own are written
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
