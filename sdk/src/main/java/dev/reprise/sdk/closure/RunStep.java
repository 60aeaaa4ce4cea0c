package dev.reprise.sdk.closure;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.TerminalFailures;
import dev.reprise.sdk.report.LogContext;
import dev.reprise.sdk.run.RunContext;
import dev.reprise.sdk.run.StepAction;
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
public record RunStep<T extends @Nullable Object>(
        RunOptions options, Serde<T> serde, StepAction<? extends T> action, Scene scene) {

    /** How one execution of a run's closure ended. */
    public sealed interface Outcome {
        /** With a result to record: {@link Result.Value} or {@link Result.Failed}. */
        record Final(Result result) implements Outcome {}

        /**
         * With an exception that is not terminal.
         *
         * @param cause what was thrown
         * @param endMillis when the execution ended, by the steady clock
         */
        record Retryable(Throwable cause, long endMillis) implements Outcome {}
    }

    /**
     * What the closures of one attempt have in common.
     *
     * @param owner whose closures they are
     * @param clock how time passes
     * @param logContext what the lines that they log are marked with
     */
    public record Scene(ClosureOwner owner, TimeSource clock, LogContext logContext) {}

    /** Executes the closure and posts how it ended, whatever it threw: else its run would stay open for ever. */
    void execute(CompletionId run, RunContext tried, Runnable finished) {
        scene.logContext().run(() -> {
            Outcome outcome = outcome(tried);
            finished.run();
            scene.owner().ended(run, outcome);
        });
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // as any other exception it is the closure's, to be retried
    private Outcome outcome(RunContext tried) {
        try {
            return new Outcome.Final(new Result.Value(written(action.execute(tried))));
        } catch (TerminalException reason) {
            return new Outcome.Final(new Result.Failed(TerminalFailures.failure(reason)));
        } catch (Throwable cause) {
            return new Outcome.Retryable(cause, scene.clock().steadyMillis());
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
