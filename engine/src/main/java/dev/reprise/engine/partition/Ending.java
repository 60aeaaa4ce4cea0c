package dev.reprise.engine.partition;

import dev.reprise.protocol.Result;

/** How an invocation ends: who waits is answered, its object goes on, its rows are kept for a while or not at all. */
final class Ending {
    private Ending() {}

    /** The handler is done: its output is the last command of its journal. */
    static void ended(Invocation invocation, Step step) {
        Result output = step.journal().output(invocation.id());
        if (output == null) {
            Pausing.violated(invocation, "the handler ended without an output", step);
        } else {
            complete(invocation, output, step);
        }
    }

    static void complete(Invocation invocation, Result result, Step step) {
        complete(invocation, result, "", step);
    }

    /** It is tried no more. Who waits is told where it failed; what is kept is the failure alone. */
    static void giveUp(Invocation invocation, JournalEvent.TransientError error, Step step) {
        complete(invocation, new Result.Failed(error.failure()), error.stacktrace(), step);
    }

    private static void complete(Invocation invocation, Result result, String stacktrace, Step step) {
        step.emit(new Action.InvocationEnded(invocation, result));
        Responses.sendAll(invocation, result, stacktrace, step);
        if (step.journal().head(invocation.id()).slept()) {
            step.tables().timers().sleeps(invocation.id()).forEach(step::unregister);
        }
        retain(invocation, result, step);
        ObjectQueue.release(invocation, step);
    }

    private static void retain(Invocation invocation, Result result, Step step) {
        Retention retention = Retention.of(invocation.request());
        if (retention.invocationMillis() == 0) {
            Purging.forget(invocation, step);
            return;
        }
        InvocationStatus status = new InvocationStatus.Completed(KeptResult.of(result, retention));
        Invocation completed = invocation.withoutWaiting().with(status, step.timeMillis());
        step.invocations().put(completed);
        retention.timers(completed).forEach(step::register);
        if (retention.journalMillis() == 0) {
            step.journal().delete(invocation.id());
        } else {
            step.journal().cool(invocation.id());
        }
    }

    /** Ends an invocation that never ran. Nothing of it is kept, whatever its retention. */
    static void endUnstarted(Invocation invocation, Result result, Step step) {
        switch (invocation.status()) {
            case InvocationStatus.Scheduled(TimerKey timer) -> step.unregister(timer);
            case InvocationStatus.Inboxed(long sequence) -> ObjectQueue.leave(invocation, sequence, step);
            case InvocationStatus.Invoked _,
                    InvocationStatus.Suspended _,
                    InvocationStatus.Paused _,
                    InvocationStatus.Completed _ -> throw new IllegalArgumentException("has run: " + invocation);
        }
        Responses.sendAll(invocation, result, "", step);
        Purging.forget(invocation, step);
    }
}
