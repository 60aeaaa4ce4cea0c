package dev.reprise.sdk;

import dev.reprise.sdk.run.RunAction;
import dev.reprise.sdk.run.RunEffect;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are undone in reverse order when the saga fails terminally or is cancelled; see {@link
 * Context#saga}.
 *
 * <p>An undo is a durable step of its own, named {@code undo} and the step's name. It is registered before the step
 * begins, so it also runs for a step that was given up in flight, whose effect may have happened: an undo must do no
 * harm when there is nothing to undo. A cancellation does not interrupt undoing. An undo that fails terminally is
 * logged and added to the failure as suppressed, and the other undos still run.
 */
public interface Saga {
    /**
     * A durable step, as {@link Context#run(String, Class, RunAction)}, and how to undo it.
     *
     * @param undo runs if a later step, or this one while it is in flight, ends the saga. A step that fails for good is
     *     not undone
     */
    <T> T step(String name, Class<T> result, RunAction<? extends T> action, RunEffect undo);

    /** As {@link #step(String, Class, RunAction, RunEffect)}, without a result. */
    void step(String name, RunEffect action, RunEffect undo);

    /**
     * Registers an action for a failure of the saga, in its place among the undos of the steps: for effects that no
     * step of the saga caused.
     */
    void onFailure(String name, RunEffect undo);

    /** The steps of a saga. */
    @FunctionalInterface
    interface Body<T extends @Nullable Object> {
        /**
         * Does the steps.
         *
         * @throws TerminalException to undo the steps; the saga then throws it
         * @throws Exception any other fails the attempt; nothing is undone, because the saga continues in the next
         *     attempt
         */
        T run(Saga saga) throws Exception;
    }
}
