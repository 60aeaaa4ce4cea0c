package dev.reprise.engine.registry;

import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;

/**
 * What the engine knows of a handler.
 *
 * @param kind how it runs
 * @param manifest what its deployment says of it
 * @param settings how its invocations are run and kept
 */
public record HandlerDescriptor(InvocationTarget.Kind kind, HandlerManifest manifest, HandlerSettings settings) {

    static HandlerDescriptor of(ServiceManifest service, HandlerManifest handler, ServiceChanges changes) {
        return new HandlerDescriptor(kind(service, handler), handler, HandlerSettings.of(service, handler, changes));
    }

    public String name() {
        return manifest.name();
    }

    public boolean isPublic() {
        return settings.isPublic();
    }

    private static InvocationTarget.Kind kind(ServiceManifest service, HandlerManifest handler) {
        return switch (service.ty()) {
            case SERVICE -> InvocationTarget.Kind.SERVICE;
            case VIRTUAL_OBJECT ->
                handler.ty() == HandlerType.SHARED
                        ? InvocationTarget.Kind.OBJECT_SHARED
                        : InvocationTarget.Kind.OBJECT_EXCLUSIVE;
            case WORKFLOW ->
                handler.ty() == HandlerType.WORKFLOW
                        ? InvocationTarget.Kind.WORKFLOW_RUN
                        : InvocationTarget.Kind.WORKFLOW_SHARED;
        };
    }
}
