package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.id.InvocationId;

/** Notifications that come from elsewhere: signals, and the answers of other invocations. */
final class NotificationRecords {
    private NotificationRecords() {}

    /** A signal that comes before its invocation starts goes into the journal and is there when the handler looks. */
    static void signal(PartitionRecord.SignalSent sent, Step step) {
        InvocationId id = sent.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null || invocation.status() instanceof InvocationStatus.Completed) {
            step.respond(sent.requestId(), new Response.NotFound(id));
            return;
        }
        Life.notify(invocation, new Notification(MessageType.SIGNAL, sent.signal(), sent.result()), step);
        step.respond(sent.requestId(), new Response.Done(id));
    }

    static void completion(PartitionRecord.CompletionArrived arrived, Step step) {
        Invocation invocation = step.invocations().get(arrived.target()).orElse(null);
        if (invocation != null && !(invocation.status() instanceof InvocationStatus.Completed)) {
            Life.answer(invocation, arrived.type(), arrived.completionId(), arrived.result(), step);
        }
    }
}
