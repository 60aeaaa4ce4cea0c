package dev.reprise.server.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random ids, except for a span whose ids are known before it begins. */
final class PlannedIds implements IdGenerator {
    private final IdGenerator random = IdGenerator.random();

    @SuppressWarnings("ThreadLocalUsage") // there is one for each tracer, and the value is removed within the same call
    private final ThreadLocal<@Nullable SpanContext> planned = new ThreadLocal<>();

    /** Begins a span with these ids. */
    <T> T with(SpanContext ids, Supplier<T> begin) {
        planned.set(ids);
        try {
            return begin.get();
        } finally {
            planned.remove();
        }
    }

    @Override
    public String generateSpanId() {
        SpanContext ids = planned.get();
        return ids == null ? random.generateSpanId() : ids.getSpanId();
    }

    @Override
    public String generateTraceId() {
        SpanContext ids = planned.get();
        return ids == null ? random.generateTraceId() : ids.getTraceId();
    }
}
