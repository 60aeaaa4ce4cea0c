package dev.reprise.engine.invoker;

import dev.reprise.engine.registry.Deployment;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.InvocationId;

/** What is known of an attempt before its first message. */
public record AttemptHead(
        InvocationId invocationId, Deployment deployment, String service, String handler, ProtocolVersion version) {}
