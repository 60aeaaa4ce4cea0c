package dev.reprise.engine.partition;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.wire.MessageCodec;

/** How an invocation begins: it may have to wait for its time, then for its object. */
final class Starting {
    private static final Result ALREADY_INVOKED =
            new Result.Failed(new Failure(ErrorCode.CANCELLED, "the workflow method was already invoked"));

    private Starting() {}

    static void invoke(InvocationRequest request, Step step) {
        Invocation existing = step.invocations().get(request.id()).orElse(null);
        if (existing == null) {
            create(request, step);
        } else {
            meet(existing, request, step);
        }
    }

    private static void create(InvocationRequest request, Step step) {
        Command.Input input = new Command.Input(request.headers(), request.argument(), "");
        Invocation created = Invocation.created(request, step.timeMillis());
        step.invocations().create(created);
        step.journal().create(request.id());
        step.journal().append(request.id(), MessageCodec.encode(input), step.timeMillis());
        step.respond(request.submitRequestId(), new Response.Accepted(request.id(), false));
        if (created.status() instanceof InvocationStatus.Scheduled(TimerKey timer)
                && timer.wakeUpMillis() > step.timeMillis()) {
            step.invocations().put(created);
            step.journal().cool(created.id());
            step.register(timer);
        } else {
            ObjectQueue.enter(created, step);
        }
    }

    /** A workflow runs once: who calls it again gets a failure; any other call gets the result of the first. */
    private static void meet(Invocation existing, InvocationRequest request, Step step) {
        step.respond(request.submitRequestId(), new Response.Accepted(request.id(), true));
        ResponseSink sink = request.responseTo();
        if (sink == null) {
            return;
        }
        if (request.target().kind() == InvocationTarget.Kind.WORKFLOW_RUN) {
            Responses.send(sink, existing.id(), ALREADY_INVOKED, step);
        } else {
            Responses.whenCompleted(existing, sink, step);
        }
    }

    /** Gives an invocation the right to run; what its earlier attempts still say counts no more. */
    static void start(Invocation invocation, Step step) {
        if (invocation.times().startedMillis() == 0) {
            step.emit(new Action.InvocationStarted(invocation));
        }
        step.invocations().put(invocation.with(new InvocationStatus.Invoked(step.lsn(), false), step.timeMillis()));
        AttemptId attempt = new AttemptId(invocation.id(), step.tables().epoch(), step.lsn());
        step.emit(new Action.StartAttempt(attempt, invocation.target()));
    }

    /** Binds an invocation to a deployment; the first one counts, for life. */
    static void pin(Invocation invocation, PartitionRecord.DeploymentPinned pinned, Step step) {
        if (invocation.deployment() == null) {
            step.invocations().put(invocation.withDeployment(pinned.deployment(), pinned.version()));
        }
    }
}
