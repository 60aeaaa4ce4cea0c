package dev.reprise.sdk.service;

import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/** Makes the factories that annotations name, and asks factories for serdes. */
final class SerdeFactories {
    private SerdeFactories() {}

    /**
     * The serde of a type.
     *
     * @param whose what is written with it, for the message
     * @param remedy what else to do than to take another type
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

    /** Says that there is no serde for what {@code whose} names. */
    static ServiceDefinitionException none(String whose, SerdeException why, String remedy) {
        String reason = String.valueOf(why.getMessage());
        return new ServiceDefinitionException(
                "Expected a serde for " + whose + ", found none: " + reason + (reason.endsWith(".") ? " " : ". ")
                        + remedy,
                why);
    }

    /**
     * The factory an annotation names.
     *
     * @param named what the annotation says; {@link SerdeFactory} itself says nothing
     * @param inherited what holds when it says nothing
     * @param where what has the annotation, for the message
     * @throws ServiceDefinitionException when it cannot be made
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
