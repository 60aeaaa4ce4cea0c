package dev.reprise.engine.registry;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.DeploymentId;
import java.util.List;

/**
 * Something that runs handlers.
 *
 * @param id its id
 * @param version the newest protocol version both sides speak
 * @param services what it serves
 */
public record Deployment(DeploymentId id, ProtocolVersion version, List<ServiceDescriptor> services) {
    public Deployment {
        services = List.copyOf(services);
    }
}
