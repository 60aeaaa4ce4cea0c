package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.serde.SerdeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the shape of a service from the annotations of a class, once per class. Any thread may use it. */
final class ServiceShapes {
    private static final ClassValue<ServiceShape> SHAPES = new ClassValue<>() {
        @Override
        protected ServiceShape computeValue(Class<?> type) {
            return read(type);
        }
    };

    /** The content of an annotation on a type. */
    private record Role(Class<?> type, ServiceType kind, String documentation, Class<? extends SerdeFactory> serdes) {

        String annotation() {
            return switch (kind) {
                case SERVICE -> "@Service";
                case VIRTUAL_OBJECT -> "@VirtualObject";
                case WORKFLOW -> "@Workflow";
            };
        }
    }

    private ServiceShapes() {}

    /**
     * The service that {@code type} declares.
     *
     * @throws ServiceDefinitionException when it declares none; the message says what to change
     */
    static ServiceShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static ServiceShape read(Class<?> type) {
        Role role = role(type);
        SerdeFactory serdes = SerdeFactories.of(role.serdes, SerdeFactory.json(), type.getSimpleName());
        List<HandlerShape> handlers = new HandlerShapes(type, role.kind, serdes).read();
        requireUniqueNames(type, handlers);
        requireHandlersOf(type, role, handlers);
        if (role.kind != ServiceType.SERVICE) {
            StateKeys.check(type, serdes);
        }
        return new ServiceShape(type, nameOf(role.type), role.kind, serdes, options(role), handlers);
    }

    private static HandlerOptions options(Role role) {
        return role.documentation.isEmpty()
                ? HandlerOptions.NONE
                : HandlerOptions.builder().documentation(role.documentation).build();
    }

    private static String nameOf(Class<?> type) {
        Name name = type.getAnnotation(Name.class);
        return ServiceNames.requireService(
                name == null ? type.getSimpleName() : name.value(), "class " + type.getName());
    }

    private static Role role(Class<?> type) {
        List<Role> roles = new ArrayList<>();
        for (Class<?> c : Lineage.of(type)) {
            roles.addAll(rolesOn(c));
        }
        if (roles.isEmpty()) {
            throw new ServiceDefinitionException("Expected @Service, @VirtualObject or @Workflow on class "
                    + type.getName()
                    + " or on something it extends or implements, found none"
                    + OtherMarks.on(Lineage.of(type), List.of(Service.class, VirtualObject.class, Workflow.class))
                            .map(other -> " but " + other)
                            .orElse(". Annotate it")
                    + ", or build the service with ServiceDefinition.service, object or workflow.");
        }
        if (roles.size() > 1) {
            throw new ServiceDefinitionException("Expected one of @Service, @VirtualObject and @Workflow for class "
                    + type.getName() + ", found "
                    + String.join(
                            " and ",
                            roles.stream()
                                    .map(r -> r.annotation() + " on " + r.type.getSimpleName())
                                    .toList())
                    + ". Keep one: on the interface when callers use the interface, else on the class.");
        }
        return roles.getFirst();
    }

    private static List<Role> rolesOn(Class<?> type) {
        List<Role> roles = new ArrayList<>();
        Service service = type.getAnnotation(Service.class);
        if (service != null) {
            roles.add(new Role(type, ServiceType.SERVICE, service.documentation(), service.serde()));
        }
        VirtualObject object = type.getAnnotation(VirtualObject.class);
        if (object != null) {
            roles.add(new Role(type, ServiceType.VIRTUAL_OBJECT, object.documentation(), object.serde()));
        }
        Workflow workflow = type.getAnnotation(Workflow.class);
        if (workflow != null) {
            roles.add(new Role(type, ServiceType.WORKFLOW, workflow.documentation(), workflow.serde()));
        }
        return roles;
    }

    private static void requireUniqueNames(Class<?> type, List<HandlerShape> handlers) {
        Map<String, HandlerShape> byName = new LinkedHashMap<>();
        for (HandlerShape handler : handlers) {
            HandlerShape other = byName.putIfAbsent(handler.name(), handler);
            if (other != null) {
                throw new ServiceDefinitionException("Expected each handler of class " + type.getName()
                        + " to have a name of its own, found two named \"" + handler.name() + "\": "
                        + Lineage.show(other.method()) + " and " + Lineage.show(handler.method())
                        + ". Give one of them another with @Name.");
            }
        }
    }

    private static void requireHandlersOf(Class<?> type, Role role, List<HandlerShape> handlers) {
        if (handlers.isEmpty()) {
            throw new ServiceDefinitionException("Expected class " + type.getName()
                    + " to have a handler, found "
                    + OtherMarks.on(
                                    Lineage.methods(type).stream()
                                            .flatMap(family -> family.declarations().stream())
                                            .toList(),
                                    HandlerShapes.MARKS)
                            .map(other -> "none but " + other + ".")
                            .orElse("no method with @Handler or @Shared. Annotate one."));
        }
        if (role.kind != ServiceType.WORKFLOW) {
            return;
        }
        List<HandlerShape> runs = handlers.stream()
                .filter(handler -> handler.kind() == HandlerKind.WORKFLOW_RUN)
                .toList();
        if (runs.isEmpty()) {
            throw new ServiceDefinitionException("Expected workflow " + type.getName()
                    + " to have one handler that runs it, with @Handler and without @Shared, found none. Add a method"
                    + " such as run(WorkflowContext ctx, …).");
        }
        if (runs.size() > 1) {
            throw new ServiceDefinitionException("Expected workflow " + type.getName()
                    + " to have one handler that runs it, with @Handler and without @Shared, found "
                    + String.join(
                            " and ",
                            runs.stream().map(run -> Lineage.show(run.method())).toList())
                    + ". Put @Shared on the handlers that only talk to the running workflow.");
        }
    }
}
