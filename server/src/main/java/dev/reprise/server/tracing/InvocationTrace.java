package dev.reprise.server.tracing;

import dev.reprise.engine.partition.TraceContext;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invocation's place in a trace.
 *
 * @param parent the span that caused it; invalid if there is none
 * @param start the span of its start, the parent of all its other spans
 */
record InvocationTrace(SpanContext parent, SpanContext start) {
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final List<String> W3C_HEADERS = List.copyOf(W3C.fields());

    static InvocationTrace of(InvocationId id, List<Header> headers) {
        SpanContext parent = parent(headers);
        String traceId = parent.isValid() ? parent.getTraceId() : TraceId.fromLongs(id.uuidHigh(), id.uuidLow());
        String spanId = SpanId.fromLong(TraceContext.startSpanId(id));
        TraceFlags flags = parent.isValid() ? parent.getTraceFlags() : TraceFlags.getSampled();
        return new InvocationTrace(parent, SpanContext.create(traceId, spanId, flags, TraceState.getDefault()));
    }

    /** The span that headers name. */
    static SpanContext parent(List<Header> headers) {
        return Span.fromContext(W3C.extract(Context.root(), headers, new HeaderGetter()))
                .getSpanContext();
    }

    /** The headers, with this span in place of the one that they name. */
    static List<Header> replace(List<Header> headers, SpanContext span) {
        List<Header> replaced = new ArrayList<>();
        for (Header header : headers) {
            if (!W3C_HEADERS.contains(header.key())) {
                replaced.add(header);
            }
        }
        W3C.inject(Context.root().with(Span.wrap(span)), replaced, (carrier, key, value) -> {
            if (carrier != null) {
                carrier.add(new Header(key, value));
            }
        });
        return replaced;
    }

    private static final class HeaderGetter implements TextMapGetter<List<Header>> {
        @Override
        @SuppressWarnings("deprecation") // required as long as the interface has it
        public Iterable<String> keys(List<Header> headers) {
            return headers.stream().map(Header::key).toList();
        }

        @Override
        public @Nullable String get(@Nullable List<Header> headers, String name) {
            return headers == null
                    ? null
                    : headers.stream()
                            .filter(header -> header.key().equals(name))
                            .map(Header::value)
                            .findFirst()
                            .orElse(null);
        }
    }
}
