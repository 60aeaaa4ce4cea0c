package dev.reprise.engine.partition;

import dev.reprise.engine.response.Response;
import dev.reprise.protocol.FutureTree.Progress;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;

/**
 * Journals notifications and wakes who waits for them. A signal sent by name, and a cancellation, is journaled each time it
 * comes: the handler waits for one after the other. Of any other id the first notification counts; so a command that
 * announces a completion id for the second time is never answered by another result than the first one's.
 */
final class Notifications {
    private Notifications() {}

    static void run(Invocation invocation, PartitionRecord.RunProposed proposal, Step step) {
        CompletionId id = new CompletionId(proposal.completionId());
        Notification notification = new Notification(MessageType.RUN_COMPLETION, id, proposal.result());
        if (step.journal().head(invocation.id()).admits(id)) {
            RawMessage raw = MessageCodec.encode(notification);
            int index = journal(invocation.id(), notification, raw, step);
            step.emit(new Action.AckRun(invocation.id(), index, proposal.completionId(), raw));
        }
    }

    /** A signal that comes before its invocation starts is journaled, and is there when the handler looks. */
    static void signal(PartitionRecord.SignalSent sent, Step step) {
        InvocationId id = sent.target();
        if (sent.signal().equals(SignalIndex.CANCEL)) {
            Termination.cancel(new PartitionRecord.CancelRequested(id, sent.requestId()), step);
            return;
        }
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null || invocation.status() instanceof InvocationStatus.Completed) {
            step.respond(sent.requestId(), new Response.NotFound(id));
            return;
        }
        add(invocation, new Notification(MessageType.SIGNAL, sent.signal(), sent.result()), step);
        step.respond(sent.requestId(), new Response.Done(id));
    }

    static void completion(PartitionRecord.CompletionArrived arrived, Step step) {
        Invocation invocation = step.invocations().get(arrived.target()).orElse(null);
        if (invocation != null && !(invocation.status() instanceof InvocationStatus.Completed)) {
            complete(invocation, arrived.type(), arrived.completionId(), arrived.result(), step);
        }
    }

    static void complete(Invocation invocation, MessageType type, int completionId, Result result, Step step) {
        add(invocation, new Notification(type, new CompletionId(completionId), result), step);
    }

    /** Journals a notification unless it must be the only one of its id and is not; lets the handler know. */
    static void add(Invocation invocation, Notification notification, Step step) {
        if (!step.journal().head(invocation.id()).admits(notification.id())) {
            return;
        }
        RawMessage raw = MessageCodec.encode(notification);
        int index = journal(invocation.id(), notification, raw, step);
        switch (invocation.status()) {
            case InvocationStatus.Invoked _ -> step.emit(new Action.ForwardNotification(invocation.id(), index, raw));
            case InvocationStatus.Suspended suspended -> {
                if (isResolved(invocation.id(), suspended, step)) {
                    Starting.start(invocation, step);
                }
            }
            case InvocationStatus.Scheduled _,
                    InvocationStatus.Inboxed _,
                    InvocationStatus.Paused _,
                    InvocationStatus.Completed _ -> {}
        }
    }

    static boolean isResolved(InvocationId id, InvocationStatus.Suspended suspended, Step step) {
        JournalHead head = step.journal().head(id);
        return suspended.awaitingOn().isResolvedBy(leaf -> head.progress(leaf, suspended.knownEntries()));
    }

    private static int journal(InvocationId id, Notification notification, RawMessage raw, Step step) {
        Progress progress = notification.result() instanceof Result.Failed ? Progress.FAILED : Progress.SUCCEEDED;
        return step.journal().notify(id, notification.id(), progress, raw, step.timeMillis());
    }
}
