package dev.reprise.engine.partition;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Result;

/** Invocations that stop without ending: suspended by their handler, paused by an operator or by their retry policy. */
final class Pausing {
    private Pausing() {}

    /** The handler gave up its stream; if what it waits for came meanwhile, it starts again at once. */
    static void suspend(Invocation invocation, FutureTree awaitingOn, Step step) {
        if (Notifications.isResolved(invocation.id(), awaitingOn, step)) {
            Lifecycle.start(invocation, step);
        } else {
            step.invocations().put(invocation.with(new InvocationStatus.Suspended(awaitingOn)));
            step.journal().cool(invocation.id());
        }
    }

    static void exhausted(Invocation invocation, PartitionRecord.AttemptsExhausted exhausted, Step step) {
        if (exhausted.pause()) {
            step.invocations().put(invocation.with(new InvocationStatus.Paused()));
        } else {
            Lifecycle.complete(invocation, new Result.Failed(exhausted.failure()), step);
        }
    }

    static void pause(PartitionRecord.PauseRequested request, Step step) {
        Invocation invocation = step.invocations().get(request.target()).orElse(null);
        if (invocation == null) {
            step.respond(request.requestId(), new Action.Response.NotFound(request.target()));
            return;
        }
        switch (invocation.status()) {
            case InvocationStatus.Invoked _, InvocationStatus.Suspended _ -> {
                step.emit(new Action.AbortAttempt(invocation.id()));
                step.invocations().put(invocation.with(new InvocationStatus.Paused()));
                step.respond(request.requestId(), new Action.Response.Done(request.target()));
            }
            case InvocationStatus.Paused _ ->
                step.respond(request.requestId(), new Action.Response.Done(request.target()));
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _, InvocationStatus.Completed _ ->
                step.respond(
                        request.requestId(),
                        new Action.Response.Refused(
                                request.target(), 409, "only a running or suspended invocation can be paused"));
        }
    }

    static void resume(PartitionRecord.ResumeRequested request, Step step) {
        Invocation invocation = step.invocations().get(request.target()).orElse(null);
        if (invocation == null) {
            step.respond(request.requestId(), new Action.Response.NotFound(request.target()));
            return;
        }
        Invocation moved = request.deployment() == null
                ? invocation
                : invocation.withDeployment(request.deployment(), invocation.version());
        switch (invocation.status()) {
            case InvocationStatus.Paused _, InvocationStatus.Suspended _ -> Lifecycle.start(moved, step);
            case InvocationStatus.Invoked _ -> {
                if (request.deployment() != null) {
                    step.emit(new Action.AbortAttempt(invocation.id()));
                    Lifecycle.start(moved, step);
                } else {
                    step.emit(new Action.RetryNow(invocation.id()));
                }
            }
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _, InvocationStatus.Completed _ -> {
                step.respond(
                        request.requestId(),
                        new Action.Response.Refused(
                                request.target(), 409, "the invocation has not started yet, or is completed"));
                return;
            }
        }
        step.respond(request.requestId(), new Action.Response.Done(request.target()));
    }
}
