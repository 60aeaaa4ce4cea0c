package dev.reprise.engine.partition;

import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/** Invocations that stop without ending: suspended by their handler, paused by an operator or by their retry policy. */
final class Pausing {
    private Pausing() {}

    /** The handler gave up its stream; if what it waits for came meanwhile, it starts again at once. */
    static void suspend(Invocation invocation, FutureTree awaitingOn, Step step) {
        if (Notifications.isResolved(invocation.id(), awaitingOn, step)) {
            Starting.start(invocation, step);
        } else {
            step.invocations().put(invocation.with(new InvocationStatus.Suspended(awaitingOn), step.timeMillis()));
            step.journal().cool(invocation.id());
        }
    }

    static void exhausted(Invocation invocation, PartitionRecord.AttemptsExhausted exhausted, Step step) {
        if (exhausted.pause()) {
            pause(invocation, exhausted.failure(), step);
        } else {
            Ending.complete(invocation, new Result.Failed(exhausted.failure()), step);
        }
    }

    /**
     * The handler said what it must not, see {@link CommandRules}: nothing of it is journaled, nothing the attempt says
     * afterwards counts, and the invocation waits for people to look at it.
     */
    static void violated(Invocation invocation, String what, Step step) {
        step.emit(new Action.AbortAttempt(invocation.id()));
        pause(invocation, new Failure(ErrorCode.PROTOCOL_VIOLATION, what), step);
    }

    private static void pause(Invocation invocation, @Nullable Failure lastFailure, Step step) {
        step.invocations().put(invocation.with(new InvocationStatus.Paused(lastFailure), step.timeMillis()));
        step.journal().cool(invocation.id());
    }

    static void pause(PartitionRecord.PauseRequested request, Step step) {
        InvocationId id = request.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null) {
            step.respond(request.requestId(), new Action.Response.NotFound(id));
            return;
        }
        Action.Response response = switch (invocation.status()) {
            case InvocationStatus.Invoked _ -> {
                step.emit(new Action.AbortAttempt(id));
                pause(invocation, null, step);
                yield new Action.Response.Done(id);
            }
            case InvocationStatus.Suspended _ -> {
                pause(invocation, null, step);
                yield new Action.Response.Done(id);
            }
            case InvocationStatus.Paused _ -> new Action.Response.Done(id);
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _, InvocationStatus.Completed _ ->
                notRunning(id);
        };
        step.respond(request.requestId(), response);
    }

    static void resume(PartitionRecord.ResumeRequested request, Step step) {
        InvocationId id = request.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        Action.Response response;
        if (invocation == null) {
            response = new Action.Response.NotFound(id);
        } else if (request.deployment() != null && invocation.deployment() == null) {
            String reason = "the invocation is not bound to a deployment yet, so it cannot be bound to another";
            response = new Action.Response.Refused(id, ErrorCode.CANCELLED, reason);
        } else {
            response = resume(invocation, request.deployment(), step);
        }
        step.respond(request.requestId(), response);
    }

    private static Action.Response resume(Invocation invocation, @Nullable DeploymentId deployment, Step step) {
        InvocationId id = invocation.id();
        Invocation moved =
                deployment == null ? invocation : invocation.withDeployment(deployment, invocation.version());
        return switch (invocation.status()) {
            case InvocationStatus.Paused _, InvocationStatus.Suspended _ -> {
                Starting.start(moved, step);
                yield new Action.Response.Done(id);
            }
            case InvocationStatus.Invoked _ -> {
                if (deployment == null) {
                    step.emit(new Action.RetryNow(id));
                } else {
                    step.emit(new Action.AbortAttempt(id));
                    Starting.start(moved, step);
                }
                yield new Action.Response.Done(id);
            }
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _, InvocationStatus.Completed _ ->
                notRunning(id);
        };
    }

    private static Action.Response notRunning(InvocationId id) {
        String reason = "the invocation has not started yet, or is completed";
        return new Action.Response.Refused(id, ErrorCode.CANCELLED, reason);
    }
}
