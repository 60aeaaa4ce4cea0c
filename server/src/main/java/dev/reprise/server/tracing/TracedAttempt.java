package dev.reprise.server.tracing;

import dev.reprise.engine.invoker.AttemptHead;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.server.deployment.AttemptWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;

/**
 * The span of an attempt, and within it those of its steps; and the spans of the invocation's start and end when they fall
 * into it. What else the handler does is an event of the attempt's span.
 */
final class TracedAttempt implements AttemptWatch {
    private static final String LIFECYCLE = "restate.invocation.lifecycle.";
    private static final AttributeKey<String> COMMAND_TYPE = AttributeKey.stringKey("restate.journal.command.type");
    private static final AttributeKey<String> COMMAND_NAME = AttributeKey.stringKey("restate.journal.command.name");

    private final AttemptHead head;
    private final InvocationTrace trace;
    private final Tracer tracer;
    private final PlannedIds ids;
    private final Span span;
    private final TracedSteps steps;
    private volatile boolean failedInvocation;

    TracedAttempt(AttemptHead head, InvocationTrace trace, Tracer tracer, PlannedIds ids) {
        this.head = head;
        this.trace = trace;
        this.tracer = tracer;
        this.ids = ids;
        this.span = child("invocation-attempt")
                .setAttribute("restate.deployment.id", head.deployment().id().toString())
                .startSpan();
        this.steps = new TracedSteps(
                name -> describe("step").setParent(Context.root().with(span)).setAttribute(COMMAND_NAME, name));
    }

    SpanContext context() {
        return span.getSpanContext();
    }

    private SpanBuilder child(String name) {
        return describe(name).setParent(Context.root().with(Span.wrap(trace.start())));
    }

    private SpanBuilder describe(String name) {
        return tracer.spanBuilder(name + ' ' + head.target())
                .setAttribute(ServerTraces.INVOCATION_ID, head.invocationId().toString())
                .setAttribute(ServerTraces.INVOCATION_TARGET, head.target())
                .setAttribute(ServerTraces.RPC_SERVICE, head.service())
                .setAttribute(ServerTraces.RPC_METHOD, head.handler());
    }

    private void invocationStarted() {
        SpanBuilder start = describe("invocation-start");
        if (trace.parent().isValid()) {
            start.setParent(Context.root().with(Span.wrap(trace.parent())));
        } else {
            start.setNoParent();
        }
        ids.with(trace.start(), start::startSpan).end();
    }

    private void invocationEnded() {
        Span end = child("invocation-end")
                .setAttribute("restate.invocation.result", failedInvocation ? "failure" : "success")
                .startSpan();
        end.setStatus(failedInvocation ? StatusCode.ERROR : StatusCode.OK);
        end.end();
        span.end();
    }

    @Override
    public void told(List<RawMessage> messages) {
        if (!messages.isEmpty()
                && messages.getFirst().type() == MessageType.START.code()
                && MessageCodec.decode(messages.getFirst()) instanceof ControlMessage.Start start
                && start.knownEntries() == 1
                && start.retryCountSinceLastStoredEntry() == 0) {
            invocationStarted();
        }
    }

    @Override
    public void heard(RawMessage message) {
        int type = message.type();
        try {
            if (type == MessageType.SUSPENSION.code()) {
                span.addEvent(LIFECYCLE + "suspended");
                span.end();
            } else if (type == MessageType.END.code()) {
                invocationEnded();
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
            // What cannot be read is the engine's to judge: it gets it all the same.
            span.recordException(e);
        }
    }

    private void issued(Command command) {
        failedInvocation |= command instanceof Command.Output(Result.Failed _, String _);
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
