package dev.reprise.sdk.handler;

import dev.reprise.sdk.serde.SerdeFactory;
import java.lang.reflect.Constructor;

/** Makes the factories that annotations name. */
final class SerdeFactories {
    private SerdeFactories() {}

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
