package dev.reprise.sdk.handler;

import dev.reprise.sdk.serde.SerdeFactory;
import java.util.List;
import java.util.Optional;

/**
 * A service with its handlers, ready to be served.
 *
 * @param name the name it is called by, unique in its deployment
 * @param kind what its handlers share
 * @param handlers its handlers in the order of their names
 * @param options what the engine should know about all of them
 * @param serdes how values without a serde of their own are written, by the contexts of its handlers too
 */
public record ServiceDefinition(
        String name, ServiceKind kind, List<HandlerDefinition> handlers, HandlerOptions options, SerdeFactory serdes) {
    public ServiceDefinition {
        handlers = List.copyOf(handlers);
    }

    /**
     * Reads an annotated service object once.
     *
     * @param service an object whose class, or an interface of it, is annotated
     * @throws ServiceDefinitionException when its shape is not that of a service; the message says what to change
     */
    public static ServiceDefinition of(Object service) {
        return of(service, SerdeFactory.json());
    }

    /**
     * Reads an annotated service object once.
     *
     * @param service an object whose class, or an interface of it, is annotated
     * @param serdes for every type for which the annotations name no factory
     * @throws ServiceDefinitionException when its shape is not that of a service; the message says what to change
     */
    public static ServiceDefinition of(Object service, SerdeFactory serdes) {
        throw new UnsupportedOperationException(service + " " + serdes);
    }

    /** The handler of that name, if there is one. */
    public Optional<HandlerDefinition> handler(String handlerName) {
        return handlers.stream().filter(h -> h.name().equals(handlerName)).findFirst();
    }
}
