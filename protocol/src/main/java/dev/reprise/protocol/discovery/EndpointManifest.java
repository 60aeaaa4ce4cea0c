package dev.reprise.protocol.discovery;

import dev.reprise.protocol.ProtocolVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The discovery document of a deployment, the answer to {@code GET /discover}.
 *
 * @param protocolMode whether requests and answers may overlap on a stream; null for {@link ProtocolMode#BIDI_STREAM}
 * @param minProtocolVersion the oldest service protocol version it speaks, at least 1
 * @param maxProtocolVersion the newest one
 * @param services what it serves, in the order it names them
 * @param lambdaCompression for a deployment on AWS Lambda only (since V4)
 */
public record EndpointManifest(
        @Nullable ProtocolMode protocolMode,
        int minProtocolVersion,
        int maxProtocolVersion,
        List<ServiceManifest> services,
        @Nullable LambdaCompression lambdaCompression) {
    public EndpointManifest {
        services = List.copyOf(services);
    }

    /** The document of an endpoint that speaks no version of the protocol beyond {@code newest}. */
    public EndpointManifest upTo(ProtocolVersion newest) {
        return new EndpointManifest(
                protocolMode,
                minProtocolVersion,
                Math.min(maxProtocolVersion, newest.number()),
                services,
                lambdaCompression);
    }

    /** The document as a reader of {@code version} may see it: without the fields that came later. */
    public EndpointManifest forVersion(DiscoveryVersion version) {
        return new EndpointManifest(
                protocolMode,
                minProtocolVersion,
                maxProtocolVersion,
                services.stream().map(service -> service.forVersion(version)).toList(),
                version.compareTo(DiscoveryVersion.V4) < 0 ? null : lambdaCompression);
    }

    /** How a stream to the deployment is used. */
    public enum ProtocolMode {
        /** Both sides send while the other does. */
        BIDI_STREAM,
        /** The deployment answers once it has read the whole request. */
        REQUEST_RESPONSE
    }

    /** How bodies to a Lambda are compressed. Named as in the document. */
    public enum LambdaCompression {
        zstd
    }

    /** The three kinds of services. */
    public enum ServiceType {
        VIRTUAL_OBJECT,
        SERVICE,
        WORKFLOW
    }

    /** How a handler runs beside the others of its key. Left out for plain services. */
    public enum HandlerType {
        /** The run of a workflow. */
        WORKFLOW,
        /** One at a time; the default of a virtual object's handlers. */
        EXCLUSIVE,
        /** Beside any other; the default of a workflow's handlers. */
        SHARED
    }

    /** What happens when the attempts are used up. */
    public enum RetryPolicyOnMaxAttempts {
        PAUSE,
        KILL
    }
}
