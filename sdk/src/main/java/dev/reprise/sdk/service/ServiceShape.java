package dev.reprise.sdk.service;

import dev.reprise.sdk.serde.SerdeFactory;
import java.util.List;

/**
 * A service as its class, or the interface it is called by, declares it.
 *
 * @param type the class it was read from
 * @param name the name it is called by
 * @param kind what its handlers share
 * @param serdes how values are written when a handler does not say
 * @param options what its annotation says
 * @param handlers its handlers in the order of their names
 */
record ServiceShape(
        Class<?> type,
        String name,
        ServiceKind kind,
        SerdeFactory serdes,
        HandlerOptions options,
        List<HandlerShape> handlers) {
    ServiceShape {
        handlers = List.copyOf(handlers);
    }
}
