package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.sdk.serde.SerdeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A service with its handlers, ready to be served. Made from an annotated object, or without annotations:
 *
 * <pre>{@code
 * ServiceDefinition.of(new Greeter());
 *
 * ServiceDefinition.service("Greeter")
 *     .handler("greet", String.class, String.class, (ctx, name) -> "Hello " + name)
 *     .build();
 * }</pre>
 *
 * <p>Immutable. Reflection is used when it is made, not when a handler is invoked.
 *
 * @param name its name, unique in its deployment
 * @param kind what its handlers share
 * @param handlers its handlers in the order of their names
 * @param options what the engine should know about all of them
 * @param serdes serializes values that have no serde of their own, also in the contexts of its handlers
 */
public record ServiceDefinition(
        String name, ServiceType kind, List<HandlerDefinition> handlers, HandlerOptions options, SerdeFactory serdes) {

    /**
     * Checks what the parts cannot check by themselves.
     *
     * @throws ServiceDefinitionException when an option is not allowed for the kind of service or handler
     */
    public ServiceDefinition {
        handlers = handlers.stream()
                .sorted(Comparator.comparing(HandlerDefinition::name))
                .toList();
        OptionRules.check(name, kind, options, handlers);
    }

    /**
     * Reads an annotated service object once.
     *
     * @param service an object whose class, or something it extends or implements, is annotated
     * @throws ServiceDefinitionException when its shape is not that of a service; the message says what to change
     */
    public static ServiceDefinition of(Object service) {
        if (service instanceof Class<?> type) {
            throw new ServiceDefinitionException("Expected a service object, found " + type
                    + ". Pass an instance, such as new " + type.getSimpleName() + "().");
        }
        ServiceShape shape = ServiceShapes.of(service.getClass());
        List<HandlerDefinition> handlers = shape.handlers().stream()
                .map(handler -> HandlerBinding.bind(service, handler))
                .toList();
        return new ServiceDefinition(shape.name(), shape.kind(), handlers, shape.options(), shape.serdes());
    }

    /**
     * Begins a service without annotations.
     *
     * @param name its name
     * @throws ServiceDefinitionException when the name is not allowed
     */
    public static ServiceBuilder.OfService service(String name) {
        return new ServiceBuilder.OfService(name);
    }

    /**
     * Begins a virtual object without annotations.
     *
     * @param name its name
     * @throws ServiceDefinitionException when the name is not allowed
     */
    public static ServiceBuilder.OfObject object(String name) {
        return new ServiceBuilder.OfObject(name);
    }

    /**
     * Begins a workflow without annotations.
     *
     * @param name its name
     * @throws ServiceDefinitionException when the name is not allowed
     */
    public static ServiceBuilder.OfWorkflow workflow(String name) {
        return new ServiceBuilder.OfWorkflow(name);
    }

    /**
     * Checks that no other service of an endpoint or engine has its name.
     *
     * @throws ServiceDefinitionException when one has
     */
    public void requireOwnName(Collection<ServiceDefinition> others) {
        if (others.stream().anyMatch(other -> other.name.equals(name))) {
            throw new ServiceDefinitionException(
                    "Expected each service bound to have a name of its own, found two named \"" + name
                            + "\". Give one of them another with @Name.");
        }
    }

    /** The handler of that name, if there is one. */
    public Optional<HandlerDefinition> handler(String handlerName) {
        return handlers.stream()
                .filter(handler -> handler.name().equals(handlerName))
                .findFirst();
    }

    /**
     * This service with options for all its handlers. Options that are not set keep their values.
     *
     * @throws ServiceDefinitionException when an option is not allowed for the kind of service
     */
    public ServiceDefinition withOptions(HandlerOptions newOptions) {
        return new ServiceDefinition(name, kind, handlers, options.overlaidBy(newOptions), serdes);
    }

    /**
     * This service with options for one handler. Options that are not set keep their values.
     *
     * @throws ServiceDefinitionException when there is no such handler, or an option is not allowed for its kind
     */
    public ServiceDefinition withOptions(String handlerName, HandlerOptions newOptions) {
        HandlerDefinition handler = handler(handlerName)
                .orElseThrow(() -> new ServiceDefinitionException("Expected a handler of " + name + ", found \""
                        + handlerName + "\". It has: "
                        + String.join(
                                ", ",
                                handlers.stream().map(HandlerDefinition::name).toList()) + "."));
        List<HandlerDefinition> others = new ArrayList<>(handlers);
        others.remove(handler);
        others.add(handler.withOptions(handler.options().overlaidBy(newOptions)));
        return new ServiceDefinition(name, kind, others, options, serdes);
    }
}
