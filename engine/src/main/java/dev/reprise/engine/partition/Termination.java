package dev.reprise.engine.partition;

import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;

/** Ends invocations from outside: cancel asks the handler, kill does not; purge forgets what is over. */
final class Termination {
    private static final Result CANCELLED = new Result.Failed(new Failure(ErrorCode.CANCELLED, "canceled"));
    private static final Result KILLED = new Result.Failed(new Failure(ErrorCode.CANCELLED, "killed"));

    private Termination() {}

    static void cancel(PartitionRecord.CancelRequested request, Step step) {
        Invocation invocation = step.invocations().get(request.target()).orElse(null);
        if (invocation == null || invocation.status() instanceof InvocationStatus.Completed) {
            step.respond(request.requestId(), new Action.Response.NotFound(request.target()));
            return;
        }
        switch (invocation.status()) {
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _ -> endUnstarted(invocation, CANCELLED, step);
            case InvocationStatus.Invoked _, InvocationStatus.Suspended _, InvocationStatus.Paused _ -> {
                Notifications.add(
                        invocation,
                        new Notification(MessageType.SIGNAL, NotificationId.SignalIndex.CANCEL, Result.Empty.INSTANCE),
                        step);
                step.emit(new Action.RetryNow(invocation.id()));
            }
            case InvocationStatus.Completed _ -> throw new IllegalStateException("handled above");
        }
        step.respond(request.requestId(), new Action.Response.Done(request.target()));
    }

    static void kill(PartitionRecord.KillRequested request, Step step) {
        Invocation invocation = step.invocations().get(request.target()).orElse(null);
        if (invocation == null || invocation.status() instanceof InvocationStatus.Completed) {
            step.respond(request.requestId(), new Action.Response.NotFound(request.target()));
            return;
        }
        switch (invocation.status()) {
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _ -> endUnstarted(invocation, KILLED, step);
            case InvocationStatus.Invoked _, InvocationStatus.Suspended _, InvocationStatus.Paused _ -> {
                step.emit(new Action.AbortAttempt(invocation.id()));
                Lifecycle.complete(invocation, KILLED, step);
            }
            case InvocationStatus.Completed _ -> throw new IllegalStateException("handled above");
        }
        step.respond(request.requestId(), new Action.Response.Done(request.target()));
    }

    static void purge(PartitionRecord.PurgeRequested request, Step step) {
        InvocationId id = request.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null) {
            step.respond(request.requestId(), new Action.Response.NotFound(id));
        } else if (!(invocation.status() instanceof InvocationStatus.Completed)) {
            step.respond(
                    request.requestId(),
                    new Action.Response.Refused(id, 409, "the invocation is not completed; kill it first"));
        } else {
            if (request.journalOnly()) {
                step.journal().delete(id);
            } else {
                forget(invocation, step);
            }
            step.respond(request.requestId(), new Action.Response.Done(id));
        }
    }

    /** Forgets a completed invocation; of a workflow's run, also its state and its promises. */
    static void forget(Invocation invocation, Step step) {
        InvocationTarget target = invocation.target();
        if (target.kind() == InvocationTarget.Kind.WORKFLOW_RUN) {
            step.tables().deleteAll(Key.ofObject(Key.STATE, target.service(), Lifecycle.keyOf(target)));
            step.tables().deleteAll(Key.ofObject(Key.PROMISE, target.service(), Lifecycle.keyOf(target)));
        }
        Lifecycle.forget(invocation.id(), step);
    }

    private static void endUnstarted(Invocation invocation, Result result, Step step) {
        if (invocation.status() instanceof InvocationStatus.Scheduled(TimerKey timer)) {
            step.tables().delete(Key.timer(timer));
            step.emit(new Action.DeleteTimer(timer));
        } else if (invocation.status() instanceof InvocationStatus.Inboxed(long sequence)) {
            InvocationTarget target = invocation.target();
            step.tables().delete(Key.inbox(target.service(), Lifecycle.keyOf(target), sequence));
        }
        Lifecycle.complete(invocation, result, step);
    }
}
