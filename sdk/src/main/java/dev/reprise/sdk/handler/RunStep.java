package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RunAction;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.handler.Mailbox.RunEnded;
import dev.reprise.sdk.promise.Failures;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import org.jspecify.annotations.Nullable;

/**
 * What a run does. Executed on another thread, which tells the handler's thread how it ended.
 *
 * @param options its name, retry policy and kind of thread
 * @param serde how its result is recorded
 * @param action the closure
 * @param scene what surrounds it
 */
record RunStep<T extends @Nullable Object>(
        RunOptions options, Serde<T> serde, RunAction<? extends T> action, Scene scene) {

    /** What surrounds the closures of one attempt. */
    record Scene(Mailbox mailbox, TimeSource clock, LogContext logContext) {}

    /** Executes the closure and posts how it ended, whatever it threw: else its run would stay open for ever. */
    void execute(CompletionId run, Runnable finished) {
        scene.logContext().run(() -> {
            RunOutcome outcome = outcome();
            finished.run();
            scene.mailbox().post(new RunEnded(run, outcome));
        });
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // as any other exception it is the closure's, to be retried
    private RunOutcome outcome() {
        try {
            return new RunOutcome.Final(new Result.Value(written(action.execute())));
        } catch (TerminalException reason) {
            return new RunOutcome.Final(new Result.Failed(Failures.failure(reason)));
        } catch (Throwable cause) {
            return new RunOutcome.Retryable(cause, scene.clock().steadyMillis());
        }
    }

    /** The closure has done what it does; to do it again would not help to write what came of it. */
    private Bytes written(T value) {
        try {
            return serde.serialize(value);
        } catch (SerdeException e) {
            throw new PauseException(
                    "The result of run " + options.name() + " cannot be recorded. " + e.getMessage()
                            + " The closure has been executed, and will be again when the invocation is resumed.",
                    e);
        }
    }
}
