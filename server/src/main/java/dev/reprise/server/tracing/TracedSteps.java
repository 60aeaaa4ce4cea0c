package dev.reprise.server.tracing;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.Result;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The spans of an attempt's steps: from the command until the result is durable. A step whose command was issued by an
 * earlier attempt begins with this attempt, and has no name here. Any thread.
 */
final class TracedSteps {
    private static final String RECORDED = "restate.step.recorded";

    private final Function<String, SpanBuilder> builder;
    private final Instant began = Instant.now();
    private final Map<Integer, Span> open = new ConcurrentHashMap<>();

    /** {@code builder} makes the span of a step from its name. */
    TracedSteps(Function<String, SpanBuilder> builder) {
        this.builder = builder;
    }

    void begun(Command.Run run) {
        open.put(run.resultCompletionId(), builder.apply(run.name()).startSpan());
    }

    void proposed(ProposeRunCompletion proposal) {
        Span step = open.computeIfAbsent(
                proposal.resultCompletionId(),
                _ -> builder.apply("").setStartTimestamp(began).startSpan());
        if (proposal.result() instanceof Result.Failed(var failure)) {
            step.setStatus(StatusCode.ERROR, failure.message());
        }
    }

    void recorded(int completionId) {
        Span step = open.remove(completionId);
        if (step != null) {
            step.setAttribute(RECORDED, true).end();
        }
    }

    /** A step that has no result by now gets none in this attempt. */
    void end() {
        for (Integer completionId : List.copyOf(open.keySet())) {
            Span step = open.remove(completionId);
            if (step != null) {
                step.setAttribute(RECORDED, false).end();
            }
        }
    }
}
