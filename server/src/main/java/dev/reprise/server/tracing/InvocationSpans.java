package dev.reprise.server.tracing;

import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;

/** Makes the spans of one invocation: {@code invocation-start Greeter/greet}. */
record InvocationSpans(
        Tracer tracer, InvocationTrace trace, InvocationId id, String service, String handler, String target) {

    static InvocationSpans of(Tracer tracer, InvocationId id, InvocationTarget target, List<Header> headers) {
        return new InvocationSpans(
                tracer, InvocationTrace.of(id, headers), id, target.service(), target.handler(), target.toString());
    }

    /** Any span of the invocation, still without a parent. */
    SpanBuilder of(String kind) {
        return tracer.spanBuilder(kind + ' ' + target)
                .setAttribute(ServerTraces.INVOCATION_ID, id.toString())
                .setAttribute(ServerTraces.INVOCATION_TARGET, target)
                .setAttribute(ServerTraces.RPC_SERVICE, service)
                .setAttribute(ServerTraces.RPC_METHOD, handler);
    }

    /** A span whose parent is the span of the start. */
    SpanBuilder child(String kind) {
        return of(kind).setParent(Context.root().with(Span.wrap(trace.start())));
    }

    /** The span of the start. */
    SpanBuilder start() {
        SpanBuilder start = of("invocation-start");
        return trace.parent().isValid()
                ? start.setParent(Context.root().with(Span.wrap(trace.parent())))
                : start.setNoParent();
    }
}
