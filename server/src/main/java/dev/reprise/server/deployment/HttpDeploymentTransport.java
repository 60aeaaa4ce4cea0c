package dev.reprise.server.deployment;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.server.client.HttpClient;
import java.util.Optional;

/**
 * Opens attempts on deployments over HTTP: one request each, {@code POST {uri}/invoke/{service}/{handler}}, whose body
 * carries the engine's messages and whose answer carries the handler's. Any thread.
 *
 * <p>A handler that sends too much is held back once {@link MessageLimits#receivedBytesMax} of its messages have not
 * been {@link AttemptStream#taken taken}; the attempt of one that does not read fails once {@link
 * MessageLimits#waitingBytesMax} wait for it.
 */
public final class HttpDeploymentTransport implements DeploymentTransport {
    private final HttpClient client;
    private final MessageLimits limits;
    private final Optional<RequestSigner> identity;

    /**
     * A transport over a client that its creator closes.
     *
     * @param identity signs each request; empty if none are signed
     */
    public HttpDeploymentTransport(HttpClient client, MessageLimits limits, Optional<RequestSigner> identity) {
        this.client = client;
        this.limits = limits;
        this.identity = identity;
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        if (!(head.deployment().endpoint() instanceof DeploymentEndpoint.Http endpoint)) {
            throw new IllegalArgumentException("deployment " + head.deployment().id()
                    + " is reached in this process, not over HTTP: open it with the transport for that");
        }
        AttemptRequest request = new AttemptRequest(head, endpoint);
        return new HttpAttempt(client, limits, request, identity.orElse(null), listener);
    }
}
