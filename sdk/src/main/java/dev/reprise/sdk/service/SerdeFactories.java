package dev.reprise.sdk.service;

import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/** Constructs the factories that annotations name, and gets serdes from factories. */
final class SerdeFactories {
    private SerdeFactories() {}

    /**
     * The serde of a type.
     *
     * @param whose what is serialized with it, for the message
     * @param remedy what to do other than choose another type
     * @throws ServiceDefinitionException when the factory has none
     */
    static <T extends @Nullable Object> Serde<T> create(
            SerdeFactory factory, TypeDescriptor<T> type, String whose, String remedy) {
        try {
            return type.serde(factory);
        } catch (SerdeException e) {
            throw none(whose + ", which is " + type, e, remedy);
        }
    }

    /** Reports that there is no serde for {@code whose}. */
    static ServiceDefinitionException none(String whose, SerdeException why, String remedy) {
        String reason = String.valueOf(why.getMessage());
        return new ServiceDefinitionException(
                "Expected a serde for " + whose + ", found none: " + reason + (reason.endsWith(".") ? " " : ". ")
                        + remedy,
                why);
    }

    /**
     * The factory that an annotation names.
     *
     * @param named the value in the annotation; {@link SerdeFactory} itself stands for none
     * @param inherited the factory in that case
     * @param where what has the annotation, for the message
     * @throws ServiceDefinitionException when it cannot be constructed
     */
    static SerdeFactory of(Class<? extends SerdeFactory> named, SerdeFactory inherited, String where) {
        if (named == SerdeFactory.class) {
            return inherited;
        }
        try {
            Constructor<? extends SerdeFactory> constructor = named.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ServiceDefinitionException(
                    "Expected the serde factory " + named.getName() + " of " + where
                            + " to be a class with a constructor without parameters, found that it cannot be made: " + e
                            + ". Add such a constructor; if the class is in a named module, open its package to"
                            + " dev.reprise.sdk.",
                    e);
        }
    }
}
