package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends invocations from outside. A cancellation is a signal: the handler ends by itself, and passes it on to what it
 * waits for. A kill asks nobody, and also ends every invocation that was called.
 */
final class Termination {
    private static final Result CANCELLED = new Result.Failed(new Failure(ErrorCode.CANCELLED, "canceled"));
    private static final Result KILLED = new Result.Failed(new Failure(ErrorCode.CANCELLED, "killed"));

    private Termination() {}

    static void cancel(InvocationId id, @Nullable RequestId requestId, Step step) {
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null) {
            step.respond(requestId, new Response.NotFound(id));
            return;
        }
        switch (invocation.status()) {
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _ ->
                Life.endUnstarted(invocation, CANCELLED, step);
            case InvocationStatus.Invoked invoked -> {
                signal(invocation, step);
                Life.hurry(invocation, invoked, step);
            }
            case InvocationStatus.Suspended _ -> signal(invocation, step);
            case InvocationStatus.Paused _ -> {
                signal(invocation, step);
                Life.start(invocation, step);
            }
            case InvocationStatus.Completed _ -> {
                step.respond(requestId, alreadyCompleted(id));
                return;
            }
        }
        step.respond(requestId, new Response.Done(id));
    }

    private static void signal(Invocation invocation, Step step) {
        Notification cancel =
                new Notification(MessageType.SIGNAL, NotificationId.SignalIndex.CANCEL, Result.Empty.INSTANCE);
        Life.notify(invocation, cancel, step);
    }

    static void kill(PartitionRecord.KillRequested request, Step step) {
        InvocationId id = request.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null) {
            step.respond(request.requestId(), new Response.NotFound(id));
            return;
        }
        switch (invocation.status()) {
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _ ->
                Life.endUnstarted(invocation, KILLED, step);
            case InvocationStatus.Invoked _ -> {
                step.emit(new Action.AbortAttempt(id));
                killStarted(invocation, step);
            }
            case InvocationStatus.Suspended _, InvocationStatus.Paused _ -> killStarted(invocation, step);
            case InvocationStatus.Completed _ -> {
                step.respond(request.requestId(), alreadyCompleted(id));
                return;
            }
        }
        step.respond(request.requestId(), new Response.Done(id));
    }

    private static void killStarted(Invocation invocation, Step step) {
        for (InvocationId child : children(invocation.id(), step)) {
            step.deliver(child, new PartitionRecord.KillRequested(child, null));
        }
        Life.complete(invocation, KILLED, "", step);
    }

    /** Every invocation that the journal's calls and one-way calls created. */
    private static List<InvocationId> children(InvocationId id, Step step) {
        List<InvocationId> children = new ArrayList<>();
        for (RawMessage entry : step.journal().entries(id)) {
            if (entry.type() == MessageType.CALL_INVOCATION_ID_COMPLETION.code()
                    && MessageCodec.decode(entry) instanceof Notification notification
                    && notification.result() instanceof Result.InvocationIdValue(String child)) {
                children.add(InvocationId.parse(child));
            }
        }
        return children;
    }

    private static Response alreadyCompleted(InvocationId id) {
        String reason = "The invocation '" + id + "' was already completed.";
        return new Response.Refused(id, ErrorCode.CANCELLED, reason);
    }
}
