package dev.reprise.engine.deployment;

import dev.reprise.engine.registry.Deployment;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an attempt before its first message.
 *
 * @param key the object's or workflow's key; null for a service
 * @param callHeaders the headers that the invocation was called with
 * @param requestHeaders headers that a transport sends in addition to its own, if it has headers
 */
public record AttemptHead(
        InvocationId invocationId,
        Deployment deployment,
        String service,
        String handler,
        ProtocolVersion version,
        @Nullable String key,
        List<Header> callHeaders,
        List<Header> requestHeaders) {

    /** A head that says only where to go. */
    public AttemptHead(
            InvocationId invocationId, Deployment deployment, String service, String handler, ProtocolVersion version) {
        this(invocationId, deployment, service, handler, version, null, List.of(), List.of());
    }

    /** {@code service/handler} or {@code service/key/handler}. */
    public String target() {
        return service + '/' + (key == null ? "" : key + '/') + handler;
    }

    /** As this one, with other headers for the request. */
    public AttemptHead withRequestHeaders(List<Header> headers) {
        return new AttemptHead(invocationId, deployment, service, handler, version, key, callHeaders, headers);
    }
}
