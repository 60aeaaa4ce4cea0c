package dev.reprise.server.tracing;

import dev.reprise.engine.invoker.AttemptHead;
import dev.reprise.engine.invoker.AttemptListener;
import dev.reprise.engine.invoker.AttemptStream;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.wire.MessageCodec;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;

/**
 * The span of an attempt, and those of the invocation's start and end when they fall into it. What the handler does is
 * an event of the span.
 */
final class TracedAttempt {
    private static final String LIFECYCLE = "restate.invocation.lifecycle.";

    private final AttemptHead head;
    private final InvocationTrace trace;
    private final Tracer tracer;
    private final PlannedIds ids;
    private final Span span;
    private volatile boolean failedInvocation;

    TracedAttempt(AttemptHead head, InvocationTrace trace, Tracer tracer, PlannedIds ids) {
        this.head = head;
        this.trace = trace;
        this.tracer = tracer;
        this.ids = ids;
        this.span = child("invocation-attempt")
                .setAttribute("restate.deployment.id", head.deployment().id().toString())
                .startSpan();
    }

    SpanContext context() {
        return span.getSpanContext();
    }

    private SpanBuilder child(String name) {
        return describe(name).setParent(Context.root().with(Span.wrap(trace.start())));
    }

    private SpanBuilder describe(String name) {
        String key = head.key();
        String target = head.service() + '/' + (key == null ? "" : key + '/') + head.handler();
        return tracer.spanBuilder(name + ' ' + target)
                .setAttribute(ServerTraces.INVOCATION_ID, head.invocationId().toString())
                .setAttribute(ServerTraces.INVOCATION_TARGET, target)
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

    private void failed(String reason) {
        span.setStatus(StatusCode.ERROR, reason);
        span.end();
    }

    private void heard(RawMessage message) {
        int type = message.type();
        if (type == MessageType.PROPOSE_RUN_COMPLETION.code()) {
            span.addEvent(LIFECYCLE + "run_ended");
        } else if (type == MessageType.SUSPENSION.code()) {
            span.addEvent(LIFECYCLE + "suspended");
            span.end();
        } else if (type == MessageType.END.code()) {
            invocationEnded();
        } else if (type == MessageType.ERROR.code()
                && MessageCodec.decode(message) instanceof ControlMessage.ErrorMessage error) {
            failed(error.code() + " " + error.message());
        } else if (MessageType.isCommand(type) && MessageCodec.decode(message) instanceof Command command) {
            failedInvocation |= command instanceof Command.Output(Result.Failed _, String _);
            span.addEvent(
                    LIFECYCLE + "new_command",
                    Attributes.builder()
                            .put(
                                    "restate.journal.command.type",
                                    command.getClass().getSimpleName())
                            .put("restate.journal.command.name", command.name())
                            .build());
        }
    }

    AttemptListener listening(AttemptListener listener) {
        return new AttemptListener() {
            @Override
            public void onFrames(List<Frame> frames) {
                try {
                    frames.forEach(frame -> heard(frame.message()));
                } catch (ProtocolException e) {
                    // What cannot be read is the engine's to judge: it gets it all the same.
                    span.recordException(e);
                }
                listener.onFrames(frames);
            }

            @Override
            public void onClosed() {
                span.end();
                listener.onClosed();
            }

            @Override
            public void onFailed(String reason) {
                failed(reason);
                listener.onFailed(reason);
            }
        };
    }

    AttemptStream streaming(AttemptStream stream) {
        return new AttemptStream() {
            @Override
            public void send(List<RawMessage> messages) {
                if (!messages.isEmpty()
                        && messages.getFirst().type() == MessageType.START.code()
                        && MessageCodec.decode(messages.getFirst()) instanceof ControlMessage.Start start
                        && start.knownEntries() == 1
                        && start.retryCountSinceLastStoredEntry() == 0) {
                    invocationStarted();
                }
                stream.send(messages);
            }

            @Override
            public void taken(int messages) {
                stream.taken(messages);
            }

            @Override
            public void closeInput() {
                stream.closeInput();
            }

            @Override
            public void abort() {
                span.end();
                stream.abort();
            }
        };
    }
}
