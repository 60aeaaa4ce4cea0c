package dev.reprise.engine.partition;

import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.id.InvocationId;

/** Forgets what is over. */
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
            for (TimerKey timer : Retention.of(invocation.request()).timers(invocation)) {
                if (!request.journalOnly() || timer.kind() == TimerKey.Kind.CLEAN_JOURNAL) {
                    step.unregister(timer);
                }
            }
            if (request.journalOnly()) {
                forgetJournal(invocation, result, step);
            } else {
                forget(invocation, step);
            }
            step.respond(request.requestId(), new Response.Done(id));
        }
    }

    private static void forgetJournal(Invocation invocation, KeptResult result, Step step) {
        InvocationId id = invocation.id();
        if (result instanceof KeptResult.InJournal) {
            step.invocations().put(invocation.withKept(new KeptResult.Inline(result.read(id, step.journal()))));
        }
        step.journal().delete(id);
    }

    /** Forgets an invocation and its journal; of a workflow's run, also the state and the promises. */
    static void forget(Invocation invocation, Step step) {
        InvocationTarget target = invocation.target();
        if (target.kind() == InvocationTarget.Kind.WORKFLOW_RUN) {
            step.tables().state().clear(invocation.object());
            step.tables().promises().clear(invocation.object());
        }
        step.journal().delete(invocation.id());
        step.invocations().delete(invocation);
    }
}
