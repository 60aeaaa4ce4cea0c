package dev.reprise.engine.registry;

import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;

/**
 * What the engine knows of a handler.
 *
 * @param kind how it runs
 * @param manifest what its deployment says of it
 * @param settings how its invocations are run and kept
 */
public record HandlerDescriptor(HandlerKind kind, HandlerManifest manifest, HandlerSettings settings) {

    static HandlerDescriptor of(ServiceManifest service, HandlerManifest handler, ServiceChanges changes) {
        return new HandlerDescriptor(
                HandlerKind.of(service.ty(), handler.ty()), handler, HandlerSettings.of(service, handler, changes));
    }

    public String name() {
        return manifest.name();
    }

    public boolean isPublic() {
        return settings.isPublic();
    }
}
