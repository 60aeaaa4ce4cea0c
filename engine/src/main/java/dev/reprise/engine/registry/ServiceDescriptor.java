package dev.reprise.engine.registry;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.util.List;
import java.util.Optional;

/**
 * What the engine knows of a service, a virtual object or a workflow: one deployment's revision of it.
 *
 * @param manifest what the deployment says of it
 * @param deployment which deployment
 * @param revision counts the deployments that have served it, from 1
 * @param changes an operator's changes to it
 * @param handlers its handlers, in the manifest's order
 */
public record ServiceDescriptor(
        ServiceManifest manifest,
        DeploymentId deployment,
        int revision,
        ServiceChanges changes,
        List<HandlerDescriptor> handlers) {
    public ServiceDescriptor {
        handlers = List.copyOf(handlers);
    }

    static ServiceDescriptor of(
            ServiceManifest manifest, DeploymentId deployment, int revision, ServiceChanges changes) {
        List<HandlerDescriptor> handlers = manifest.handlers().stream()
                .map(handler -> HandlerDescriptor.of(manifest, handler, changes))
                .toList();
        return new ServiceDescriptor(manifest, deployment, revision, changes, handlers);
    }

    public String name() {
        return manifest.name();
    }

    /** Whether its handlers are called with a key. */
    public boolean isKeyed() {
        return manifest.ty() != ServiceType.SERVICE;
    }

    public Optional<HandlerDescriptor> handler(String handler) {
        return handlers.stream().filter(h -> h.name().equals(handler)).findFirst();
    }
}
