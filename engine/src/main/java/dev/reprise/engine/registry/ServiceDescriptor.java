package dev.reprise.engine.registry;

import java.util.List;
import java.util.Optional;

/**
 * What the engine knows of a service, a virtual object or a workflow.
 *
 * @param name its name
 * @param isKeyed whether its handlers are called with a key
 * @param handlers its handlers
 */
public record ServiceDescriptor(String name, boolean isKeyed, List<HandlerDescriptor> handlers) {
    public ServiceDescriptor {
        handlers = List.copyOf(handlers);
    }

    public Optional<HandlerDescriptor> handler(String handler) {
        return handlers.stream().filter(h -> h.name().equals(handler)).findFirst();
    }
}
