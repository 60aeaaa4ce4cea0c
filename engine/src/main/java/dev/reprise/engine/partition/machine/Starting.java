package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.wire.MessageCodec;

/** Incoming calls: the first one creates an invocation, and every other one with its id attaches to it. */
final class Starting {
    private static final Result ALREADY_INVOKED =
            new Result.Failed(new Failure(ErrorCode.CANCELLED, "the workflow method was already invoked"));

    private Starting() {}

    static void invoke(InvocationRequest request, Step step) {
        Invocation existing = step.invocations().get(request.id()).orElse(null);
        if (existing == null) {
            create(request, step);
        } else {
            attach(existing, request, step);
        }
    }

    private static void create(InvocationRequest request, Step step) {
        Command.Input input = new Command.Input(request.headers(), request.argument(), "");
        Invocation created = Invocation.created(request, step.timeMillis());
        Life.accept(created, step);
        Life.append(created.id(), MessageCodec.encode(input), step);
        step.respond(request.submitRequestId(), new Response.Accepted(request.id(), false));
        if (created.status() instanceof InvocationStatus.Scheduled(TimerKey timer)
                && timer.wakeUpMillis() > step.timeMillis()) {
            Life.schedule(created, timer, step);
        } else {
            Life.enter(created, step);
        }
    }

    /**
     * A workflow runs once: another call to its run gets a failure. Any other call gets the result of the first one.
     */
    private static void attach(Invocation existing, InvocationRequest request, Step step) {
        step.respond(request.submitRequestId(), new Response.Accepted(request.id(), true));
        ResponseSink sink = request.responseTo();
        if (sink == null) {
            return;
        }
        if (request.target().kind() == HandlerKind.WORKFLOW_RUN) {
            Responses.send(sink, existing.id(), ALREADY_INVOKED, step);
        } else {
            Responses.whenCompleted(existing, sink, step);
        }
    }
}
