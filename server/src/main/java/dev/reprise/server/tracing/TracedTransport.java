package dev.reprise.server.tracing;

import dev.reprise.engine.invoker.AttemptHead;
import dev.reprise.engine.invoker.AttemptListener;
import dev.reprise.engine.invoker.AttemptStream;
import dev.reprise.engine.invoker.DeploymentTransport;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.server.deployment.WatchedAttempt;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;

/** Opens attempts within their spans, and hands the span on to the handler. */
final class TracedTransport implements DeploymentTransport {
    private final DeploymentTransport transport;
    private final Tracer tracer;
    private final PlannedIds ids;

    TracedTransport(DeploymentTransport transport, Tracer tracer, PlannedIds ids) {
        this.transport = transport;
        this.tracer = tracer;
        this.ids = ids;
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        TracedAttempt attempt =
                new TracedAttempt(head, InvocationTrace.of(head.invocationId(), callHeaders(head)), tracer, ids);
        List<Header> headers = InvocationTrace.replace(head.requestHeaders(), attempt.context());
        return WatchedAttempt.open(transport, head.withRequestHeaders(headers), listener, attempt);
    }

    private static List<Header> callHeaders(AttemptHead head) {
        RawMessage input = head.input();
        return input != null && MessageCodec.decode(input) instanceof Command.Input command
                ? command.headers()
                : List.of();
    }
}
