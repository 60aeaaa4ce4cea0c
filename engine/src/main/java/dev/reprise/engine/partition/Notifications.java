package dev.reprise.engine.partition;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;

/** Journals notifications, each once, and wakes who waits for them. */
final class Notifications {
    private Notifications() {}

    static void run(Invocation invocation, PartitionRecord.RunProposed proposal, Step step) {
        NotificationId id = new NotificationId.CompletionId(proposal.completionId());
        Notification notification = new Notification(MessageType.RUN_COMPLETION, id, proposal.result());
        if (isNew(invocation.id(), notification, step)) {
            RawMessage raw = MessageCodec.encode(notification);
            int index = journal(invocation.id(), notification, raw, step);
            step.emit(new Action.AckRun(invocation.id(), index, proposal.completionId(), raw));
        }
    }

    static void signal(PartitionRecord.SignalSent sent, Step step) {
        Invocation invocation = step.invocations().get(sent.target()).orElse(null);
        if (invocation == null || invocation.status() instanceof InvocationStatus.Completed) {
            step.respond(sent.requestId(), new Action.Response.NotFound(sent.target()));
            return;
        }
        add(invocation, new Notification(MessageType.SIGNAL, sent.signal(), sent.result()), step);
        step.respond(sent.requestId(), new Action.Response.Done(sent.target()));
    }

    static void completion(PartitionRecord.CompletionArrived arrived, Step step) {
        Invocation invocation = step.invocations().get(arrived.target()).orElse(null);
        if (invocation == null || invocation.status() instanceof InvocationStatus.Completed) {
            return;
        }
        complete(invocation, arrived.type(), arrived.completionId(), arrived.result(), step);
    }

    static void complete(Invocation invocation, MessageType type, int completionId, Result result, Step step) {
        add(invocation, new Notification(type, new NotificationId.CompletionId(completionId), result), step);
    }

    /** Journals a notification unless it is there, and lets the handler know. */
    static void add(Invocation invocation, Notification notification, Step step) {
        if (!isNew(invocation.id(), notification, step)) {
            return;
        }
        RawMessage raw = MessageCodec.encode(notification);
        int index = journal(invocation.id(), notification, raw, step);
        if (invocation.status() instanceof InvocationStatus.Invoked) {
            step.emit(new Action.ForwardNotification(invocation.id(), index, raw));
        } else if (invocation.status() instanceof InvocationStatus.Suspended(FutureTree tree)
                && isResolved(invocation.id(), tree, step)) {
            Lifecycle.start(invocation, step);
        }
    }

    static boolean isResolved(InvocationId id, FutureTree tree, Step step) {
        return tree.progress(leaf -> step.journal().progress(id, leaf)) != FutureTree.Progress.PENDING;
    }

    private static boolean isNew(InvocationId id, Notification notification, Step step) {
        return step.journal().progress(id, notification.id()) == FutureTree.Progress.PENDING;
    }

    private static int journal(InvocationId id, Notification notification, RawMessage raw, Step step) {
        step.journal().markNotified(id, notification.id(), notification.result() instanceof Result.Failed);
        return step.journal().append(id, raw);
    }
}
