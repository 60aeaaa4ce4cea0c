package dev.reprise.server.tracing;

import dev.reprise.engine.InvocationObserver;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.protocol.Result;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;

/** The spans of an invocation's start and end, which are single moments. Its attempts lie between them. */
record TracedInvocations(Tracer tracer, PlannedIds ids) implements InvocationObserver {
    @Override
    public void started(Invocation invocation) {
        InvocationSpans spans = spans(invocation);
        ids.with(spans.trace().start(), spans.start()::startSpan).end();
    }

    @Override
    public void ended(Invocation invocation, Result result) {
        Span end = spans(invocation).child("invocation-end").startSpan();
        if (result instanceof Result.Failed(var failure)) {
            end.setAttribute("restate.invocation.result", "failure").setStatus(StatusCode.ERROR, failure.message());
        } else {
            end.setAttribute("restate.invocation.result", "success").setStatus(StatusCode.OK);
        }
        end.end();
    }

    private InvocationSpans spans(Invocation invocation) {
        return InvocationSpans.of(
                tracer,
                invocation.id(),
                invocation.target(),
                invocation.request().headers());
    }
}
