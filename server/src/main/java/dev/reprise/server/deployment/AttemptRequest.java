package dev.reprise.server.deployment;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.server.client.Destination;
import dev.reprise.server.client.RequestHead;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request that begins an attempt. */
record AttemptRequest(AttemptHead head, DeploymentEndpoint.Http endpoint) {

    Destination destination() {
        return Destination.of(
                endpoint.uri(),
                endpoint.version() == HttpVersion.HTTP_1_1
                        ? Destination.Versions.HTTP_1_1
                        : Destination.Versions.HTTP_2);
    }

    /** Whether the answer begins only after the request has ended. */
    boolean isRequestResponse() {
        return head.deployment().manifest().protocolMode() == ProtocolMode.REQUEST_RESPONSE;
    }

    String contentType() {
        return head.version().contentType();
    }

    RequestHead toHead(long contentLength, @Nullable RequestSigner identity) {
        String below = "/invoke/" + head.service() + "/" + head.handler();
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("content-type", contentType()));
        headers.add(new Header("accept", contentType()));
        headers.add(new Header("x-restate-invocation-id", head.invocationId().toString()));
        String key = head.key();
        if (key != null) {
            headers.add(new Header(
                    "x-restate-service-key",
                    URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20")));
        }
        headers.addAll(head.requestHeaders());
        endpoint.additionalHeaders().forEach((name, value) -> headers.add(new Header(name, value)));
        if (identity != null) {
            headers.addAll(identity.sign(below, key));
        }
        return new RequestHead("POST", RequestHead.path(endpoint.uri(), below), headers, contentLength);
    }
}
