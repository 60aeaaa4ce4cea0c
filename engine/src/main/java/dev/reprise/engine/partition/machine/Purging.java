package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.id.InvocationId;

/** Forgets completed invocations before their time, on request. */
final class Purging {
    private Purging() {}

    static void purge(PartitionRecord.PurgeRequested request, Step step) {
        InvocationId id = request.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null) {
            step.respond(request.requestId(), new Response.NotFound(id));
        } else if (!(invocation.status() instanceof InvocationStatus.Completed(KeptResult result))) {
            String reason = "The invocation '" + id + "' is not yet completed.";
            step.respond(request.requestId(), new Response.Refused(id, ErrorCode.CANCELLED, reason));
        } else {
            if (request.journalOnly()) {
                Life.purgeJournal(invocation, result, step);
            } else {
                Life.purge(invocation, step);
            }
            step.respond(request.requestId(), new Response.Done(id));
        }
    }
}
