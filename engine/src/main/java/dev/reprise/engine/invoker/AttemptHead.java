package dev.reprise.engine.invoker;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;

/** What a deployment must know to open the stream of an attempt. */
public record AttemptHead(
        InvocationId invocationId, DeploymentId deployment, String service, String handler, ProtocolVersion version) {}
