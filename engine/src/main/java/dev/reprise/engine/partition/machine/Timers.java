package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;

/** What a timer does at its time. A timer whose row is gone has fired before or is no longer wanted. */
final class Timers {
    private Timers() {}

    static void fired(TimerKey timer, Step step) {
        if (!step.tables().timers().contains(timer)) {
            return;
        }
        step.tables().timers().delete(timer);
        Invocation invocation = step.invocations().get(timer.invocationId()).orElse(null);
        if (invocation == null) {
            return;
        }
        boolean completed = invocation.status() instanceof InvocationStatus.Completed;
        switch (timer.kind()) {
            case SLEEP -> {
                if (!completed) {
                    Life.answer(
                            invocation,
                            MessageType.SLEEP_COMPLETION,
                            timer.completionId(),
                            Result.Empty.INSTANCE,
                            step);
                }
            }
            case START -> {
                if (invocation.status() instanceof InvocationStatus.Scheduled) {
                    Life.enter(invocation, step);
                }
            }
            case CLEAN_INVOCATION -> {
                if (completed) {
                    Life.forget(invocation, step);
                }
            }
            case CLEAN_JOURNAL -> {
                if (invocation.status() instanceof InvocationStatus.Completed(KeptResult result)) {
                    Life.forgetJournal(invocation, result, step);
                }
            }
        }
    }
}
