package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEvent;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;

/**
 * What an attempt says of its invocation, other than {@linkplain JournalCommands commands}: its results and its end.
 */
final class AttemptRecords {
    private AttemptRecords() {}

    static void pinned(Invocation invocation, PartitionRecord.DeploymentPinned pinned, Step step) {
        Life.pin(invocation, pinned.deployment(), pinned.version(), step);
    }

    static void run(Invocation invocation, PartitionRecord.RunProposed proposal, Step step) {
        Life.answer(invocation, MessageType.RUN_COMPLETION, proposal.completionId(), proposal.result(), step);
    }

    static void failed(Invocation invocation, PartitionRecord.AttemptFailed failed, Step step) {
        Life.addEvent(invocation.id(), failed.error(), step);
    }

    static void suspended(Invocation invocation, PartitionRecord.Suspended said, Step step) {
        if (isPauseRequested(invocation)) {
            Life.pause(invocation, null, step);
        } else {
            InvocationStatus.Suspended suspended =
                    new InvocationStatus.Suspended(said.awaitingOn(), said.knownEntries());
            Life.suspend(invocation, suspended, step);
        }
    }

    /** No attempt is open. If the pause is no longer wanted, the invocation runs again. */
    static void halted(Invocation invocation, PartitionRecord.AttemptHalted halted, Step step) {
        if (isPauseRequested(invocation)) {
            Life.pause(invocation, halted.lastFailure(), step);
        } else {
            Life.start(invocation, step);
        }
    }

    private static boolean isPauseRequested(Invocation invocation) {
        return invocation.status() instanceof InvocationStatus.Invoked invoked && invoked.pauseRequested();
    }

    /**
     * Retries are over. If the invocation ends, whoever waits is told where it failed; only the failure itself is kept.
     */
    static void exhausted(Invocation invocation, PartitionRecord.AttemptsExhausted exhausted, Step step) {
        JournalEvent.TransientError error = exhausted.error();
        if (exhausted.pause()) {
            Life.pause(invocation, error, step);
        } else {
            Life.complete(invocation, new Result.Failed(error.failure()), error.stacktrace(), step);
        }
    }

    /** The handler has ended: its output is the last command of its journal. */
    static void ended(Invocation invocation, Step step) {
        Result output = step.journal().output(invocation.id());
        if (output == null) {
            Life.violated(invocation, "the handler ended without an output", step);
        } else {
            Life.complete(invocation, output, "", step);
        }
    }
}
