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
 * The work of a run. Executed on another thread, which reports the outcome to the handler's thread.
 *
 * @param options its name, retry policy and kind of thread
 * @param serde serializes its result
 * @param action the closure
 * @param scene its surroundings
 */
public record RunStep<T extends @Nullable Object>(
        RunOptions options, Serde<T> serde, StepAction<? extends T> action, Scene scene) {

    /** The outcome of one execution of a run's closure. */
    public sealed interface Outcome {
        /** With a result to record: {@link Result.Value} or {@link Result.Failed}. */
        record Final(Result result) implements Outcome {}

        /**
         * With a non-terminal exception.
         *
         * @param cause what was thrown
         * @param endMillis when the execution ended, on the steady clock
         */
        record Retryable(Throwable cause, long endMillis) implements Outcome {}
    }

    /**
     * What the closures of one attempt have in common.
     *
     * @param owner the attempt that they belong to
     * @param clock measures time
     * @param logContext marks the lines that they log
     */
    public record Scene(ClosureOwner owner, TimeSource clock, LogContext logContext) {}

    /** Executes the closure and posts the outcome, whatever it threw: otherwise its run would stay open forever. */
    void execute(CompletionId run, RunContext tried, Runnable finished) {
        scene.logContext().run(() -> {
            Outcome outcome = outcome(tried);
            finished.run();
            scene.owner().ended(run, outcome);
        });
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // like any other exception, it is the closure's and is retried
    private Outcome outcome(RunContext tried) {
        try {
            return new Outcome.Final(new Result.Value(written(action.execute(tried))));
        } catch (TerminalException reason) {
            return new Outcome.Final(new Result.Failed(TerminalFailures.failure(reason)));
        } catch (Throwable cause) {
            return new Outcome.Retryable(cause, scene.clock().steadyMillis());
        }
    }

    /** The closure has done its work; doing it again would not help if its result cannot be written. */
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
