package dev.reprise.engine.registry;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process or place that runs handlers. The services it offers never change; another set of handlers is another
 * deployment.
 *
 * @param id its id
 * @param endpoint where to reach it
 * @param manifest what it says of itself
 * @param sdkVersion the SDK it was built with, by the SDK's own name; null if it does not tell
 * @param metadata the operator's own texts
 * @param createdMillis when it was registered, in milliseconds since the epoch
 */
public record Deployment(
        DeploymentId id,
        DeploymentEndpoint endpoint,
        EndpointManifest manifest,
        @Nullable String sdkVersion,
        Map<String, String> metadata,
        long createdMillis) {
    public Deployment {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        versionOf(manifest);
    }

    /** The newest protocol version both sides speak. */
    public ProtocolVersion version() {
        return versionOf(manifest);
    }

    /** The oldest protocol version both sides speak. */
    public ProtocolVersion oldestVersion() {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            if (version.number() >= manifest.minProtocolVersion()) {
                return version;
            }
        }
        return version();
    }

    private static ProtocolVersion versionOf(EndpointManifest manifest) {
        ProtocolVersion newest = null;
        for (ProtocolVersion version : ProtocolVersion.values()) {
            if (version.number() >= manifest.minProtocolVersion()
                    && version.number() <= manifest.maxProtocolVersion()) {
                newest = version;
            }
        }
        if (newest == null) {
            throw new IllegalArgumentException("Expected a deployment that speaks one of the protocol versions "
                    + ProtocolVersion.values()[0].number() + " to "
                    + ProtocolVersion.values()[ProtocolVersion.values().length - 1].number()
                    + ", found one that speaks " + manifest.minProtocolVersion() + " to "
                    + manifest.maxProtocolVersion() + ". Use another version of its SDK.");
        }
        return newest;
    }
}
