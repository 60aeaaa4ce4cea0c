package dev.reprise.sdk;

import dev.reprise.sdk.run.RunAction;
import dev.reprise.sdk.run.RunEffect;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are undone in reverse order when what they belong to fails for good, or is cancelled; see {@link Context#saga}.
 *
 * <p>An undo is a durable step of its own, named {@code undo} and the step's name. It is told before the step begins, so the undo
 * of a step runs also if the step was given up while it was in flight, for its effect may have happened: an undo must do no harm
 * when there is nothing to undo. Undoing is not interrupted by a cancellation. An undo that fails for good is logged and added to the failure as suppressed, and the others go on.
 */
public interface Saga {
    /**
     * A durable step, as {@link Context#run(String, Class, RunAction)}, and how to undo it.
     *
     * @param undo runs if a later step, or this one while it is in flight, ends the saga. A step that fails for good is not undone
     */
    <T> T step(String name, Class<T> result, RunAction<? extends T> action, RunEffect undo);

    /** As {@link #step(String, Class, RunAction, RunEffect)}, without a result. */
    void step(String name, RunEffect action, RunEffect undo);

    /** What is done when the saga fails, in its place among the undos of steps: for what no step of the saga did. */
    void onFailure(String name, RunEffect undo);

    /** The steps of a saga. */
    @FunctionalInterface
    interface Body<T extends @Nullable Object> {
        /**
         * Does the steps.
         *
         * @throws TerminalException to undo them, and to throw this one on
         * @throws Exception any other fails the attempt; nothing is undone then, as the saga goes on in the next one
         */
        T run(Saga saga) throws Exception;
    }
}
