package dev.reprise.server.tracing;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.protocol.Header;
import dev.reprise.server.deployment.WatchedAttempt;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;

/** Opens attempts within their spans, and passes the span on to the handler. */
final class TracedTransport implements DeploymentTransport {
    private final DeploymentTransport transport;
    private final Tracer tracer;

    TracedTransport(DeploymentTransport transport, Tracer tracer) {
        this.transport = transport;
        this.tracer = tracer;
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        InvocationSpans spans = new InvocationSpans(
                tracer,
                InvocationTrace.of(head.invocationId(), head.callHeaders()),
                head.invocationId(),
                head.service(),
                head.handler(),
                head.target());
        TracedAttempt attempt = new TracedAttempt(head, spans);
        List<Header> headers = InvocationTrace.replace(head.requestHeaders(), attempt.context());
        return WatchedAttempt.open(transport, head.withRequestHeaders(headers), listener, attempt);
    }
}
