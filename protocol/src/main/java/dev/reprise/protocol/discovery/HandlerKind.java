package dev.reprise.protocol.discovery;

import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import org.jspecify.annotations.Nullable;

/**
 * What a handler may do, and what it shares with the other invocations of its key. The discovery document says it in
 * two fields, the types of the service and of the handler. Stored by its {@link #ordinal()}: append only.
 */
public enum HandlerKind {
    /** A service's handler: no key, no state, any number at a time. */
    SERVICE(ServiceType.SERVICE, null),
    /** A virtual object's handler that writes state: one invocation at a time per key. */
    OBJECT_EXCLUSIVE(ServiceType.VIRTUAL_OBJECT, HandlerType.EXCLUSIVE),
    /** A virtual object's handler that reads state: many at a time, concurrent with the exclusive one. */
    OBJECT_SHARED(ServiceType.VIRTUAL_OBJECT, HandlerType.SHARED),
    /** A workflow's single handler that runs once per key. */
    WORKFLOW_RUN(ServiceType.WORKFLOW, HandlerType.WORKFLOW),
    /** A workflow's handler that talks to the running workflow: many at a time. */
    WORKFLOW_SHARED(ServiceType.WORKFLOW, HandlerType.SHARED);

    private final ServiceType service;
    private final @Nullable HandlerType type;

    HandlerKind(ServiceType service, @Nullable HandlerType type) {
        this.service = service;
        this.type = type;
    }

    /** The kind of a handler in a discovery document; {@code type} is null where the document leaves it out. */
    public static HandlerKind of(ServiceType service, @Nullable HandlerType type) {
        return switch (service) {
            case SERVICE -> SERVICE;
            case VIRTUAL_OBJECT -> type == HandlerType.SHARED ? OBJECT_SHARED : OBJECT_EXCLUSIVE;
            case WORKFLOW -> type == HandlerType.WORKFLOW ? WORKFLOW_RUN : WORKFLOW_SHARED;
        };
    }

    /** The kind of service that such a handler belongs to. */
    public ServiceType service() {
        return service;
    }

    /** The handler's type in the discovery document; null for a service's, where it is left out. */
    public @Nullable HandlerType type() {
        return type;
    }

    /** Whether many invocations of one key run at the same time. */
    public boolean isShared() {
        return type == HandlerType.SHARED;
    }

    /** Whether an invocation has a key. */
    public boolean isKeyed() {
        return this != SERVICE;
    }

    /** Whether such a handler is one of a workflow. */
    public boolean isOfWorkflow() {
        return service == ServiceType.WORKFLOW;
    }
}
