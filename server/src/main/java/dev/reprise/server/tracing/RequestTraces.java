package dev.reprise.server.tracing;

import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.ingress.IngressTraces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spans of requests: {@code ingress_invoke Greeter/greet}. The invocation becomes their child. */
record RequestTraces(Tracer tracer) implements IngressTraces {
    private static final int SERVER_ERROR = 500;

    @Override
    public Trace begin(String service, String target, List<Header> headers) {
        Span span = tracer.spanBuilder("ingress_invoke " + target)
                .setSpanKind(SpanKind.SERVER)
                .setParent(Context.root().with(Span.wrap(InvocationTrace.parent(headers))))
                .setAttribute(ServerTraces.INVOCATION_TARGET, target)
                .setAttribute(ServerTraces.RPC_SERVICE, service)
                .startSpan();
        return new RequestTrace(span, InvocationTrace.replace(headers, span.getSpanContext()));
    }

    private record RequestTrace(Span span, List<Header> headers) implements Trace {
        @Override
        public void end(@Nullable InvocationId id, int status) {
            if (id != null) {
                span.setAttribute(ServerTraces.INVOCATION_ID, id.toString());
            }
            span.setAttribute("http.response.status_code", status);
            if (status >= SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
