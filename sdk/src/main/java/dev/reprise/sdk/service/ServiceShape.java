package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.sdk.serde.SerdeFactory;
import java.util.List;

/**
 * A service as declared by its class, or by the interface through which it is called.
 *
 * @param type the class it was read from
 * @param name its name
 * @param kind what its handlers share
 * @param serdes serializes values for handlers that name no factory
 * @param options the options in its annotation
 * @param handlers its handlers in the order of their names
 */
record ServiceShape(
        Class<?> type,
        String name,
        ServiceType kind,
        SerdeFactory serdes,
        HandlerOptions options,
        List<HandlerShape> handlers) {
    ServiceShape {
        handlers = List.copyOf(handlers);
    }
}
