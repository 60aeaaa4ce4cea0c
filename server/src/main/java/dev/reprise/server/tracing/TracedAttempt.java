package dev.reprise.server.tracing;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.server.deployment.AttemptWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;

/**
 * The span of an attempt and, within it, those of its steps. Everything else that the handler does is an event of the
 * attempt's span.
 */
final class TracedAttempt implements AttemptWatch {
    private static final String LIFECYCLE = "restate.invocation.lifecycle.";
    private static final AttributeKey<String> COMMAND_TYPE = AttributeKey.stringKey("restate.journal.command.type");
    private static final AttributeKey<String> COMMAND_NAME = AttributeKey.stringKey("restate.journal.command.name");

    private final Span span;
    private final TracedSteps steps;

    TracedAttempt(AttemptHead head, InvocationSpans spans) {
        this.span = spans.child("invocation-attempt")
                .setAttribute("restate.deployment.id", head.deployment().id().toString())
                .startSpan();
        this.steps = new TracedSteps(
                name -> spans.of("step").setParent(Context.root().with(span)).setAttribute(COMMAND_NAME, name));
    }

    SpanContext context() {
        return span.getSpanContext();
    }

    @Override
    public void received(RawMessage message) {
        int type = message.type();
        try {
            if (type == MessageType.SUSPENSION.code()) {
                span.addEvent(LIFECYCLE + "suspended");
                span.end();
            } else if (type == MessageType.END.code()) {
                span.end();
            } else if (type == MessageType.PROPOSE_RUN_COMPLETION.code()
                    && MessageCodec.decode(message) instanceof ControlMessage.ProposeRunCompletion proposal) {
                steps.proposed(proposal);
            } else if (type == MessageType.ERROR.code()
                    && MessageCodec.decode(message) instanceof ControlMessage.ErrorMessage error) {
                failed(error.code() + " " + error.message());
            } else if (MessageType.isCommand(type) && MessageCodec.decode(message) instanceof Command command) {
                issued(command);
            }
        } catch (ProtocolException e) {
            // The engine judges what cannot be read here; it gets it all the same.
            span.recordException(e);
        }
    }

    private void issued(Command command) {
        span.addEvent(
                LIFECYCLE + "new_command",
                Attributes.of(COMMAND_TYPE, command.getClass().getSimpleName(), COMMAND_NAME, command.name()));
        if (command instanceof Command.Run run) {
            steps.begun(run);
        }
    }

    @Override
    public void recorded(int completionId) {
        steps.recorded(completionId);
    }

    @Override
    public void closed() {
        span.end();
    }

    @Override
    public void failed(String reason) {
        span.setStatus(StatusCode.ERROR, reason);
        span.end();
    }

    @Override
    public void ended() {
        steps.end();
        span.end();
    }
}
