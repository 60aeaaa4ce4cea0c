package dev.reprise.server.deployment;

import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment tells about itself.
 *
 * @param manifest the checked document
 * @param sdkVersion the SDK that it is made with, as it names itself; null if it does not
 * @param protocolMode whether requests and answers may overlap
 * @param httpVersion the version with which it was reached, to be used for its attempts too
 */
public record Discovered(
        EndpointManifest manifest, @Nullable String sdkVersion, ProtocolMode protocolMode, HttpVersion httpVersion) {}
