package dev.reprise.sdk;

import dev.reprise.sdk.promise.PendingBranch;
import org.jspecify.annotations.Nullable;

/**
 * A part of a handler that runs concurrently with the rest, forked by {@link Context#fork}, and the promise of its
 * result, which can be used in every combinator.
 *
 * <p>{@link #cancel Cancelling} a branch rejects its promise at once. Its code gets a {@link CancelledException}
 * from its current await, or from the next one that has to wait, after the branches that it has forked got theirs;
 * the other operations that it has started are cancelled too. It may still use its context, to undo what it did. A
 * branch that has not started never does.
 */
public sealed interface Branch<T extends @Nullable Object> extends RestatePromise<T> permits PendingBranch {
    /** How far a branch has come; the names are those of the JDK's subtasks. */
    enum State {
        /** Its promise has not settled. */
        UNAVAILABLE,
        /** Its promise is fulfilled. */
        SUCCESS,
        /** Its promise is rejected: it failed for good, or was cancelled. */
        FAILED
    }

    /** The name that it was forked with. */
    String name();

    /**
     * How far it has come. Asking does not count as awaiting: the handler still waits for the branch before it ends.
     */
    State state();

    /**
     * Its value, without waiting.
     *
     * @throws IllegalStateException unless it succeeded
     */
    T get();

    /**
     * Why it failed, without waiting.
     *
     * @throws IllegalStateException unless it failed
     */
    TerminalException exception();

    /** What a branch does, in a service's handler. */
    @FunctionalInterface
    interface Body<T extends @Nullable Object> {
        /**
         * Goes on beside the rest of the handler.
         *
         * @param ctx the branch's own context. The body must not use the handler's, and only the body may use this one
         * @throws TerminalException to reject the branch's promise
         * @throws Exception any other fails the attempt, as it would in the handler
         */
        T run(Context ctx) throws Exception;
    }

    /** As {@link Body}, in a shared handler of a virtual object. */
    @FunctionalInterface
    interface SharedObjectBody<T extends @Nullable Object> extends Body<T> {
        /** As {@link Body#run}. */
        T run(SharedObjectContext ctx) throws Exception;

        @Override
        default T run(Context ctx) throws Exception {
            return run((SharedObjectContext) ctx);
        }
    }

    /** As {@link Body}, in an exclusive handler of a virtual object. */
    @FunctionalInterface
    interface ObjectBody<T extends @Nullable Object> extends SharedObjectBody<T> {
        /** As {@link Body#run}. */
        T run(ObjectContext ctx) throws Exception;

        @Override
        default T run(SharedObjectContext ctx) throws Exception {
            return run((ObjectContext) ctx);
        }
    }

    /** As {@link Body}, in a shared handler of a workflow. */
    @FunctionalInterface
    interface SharedWorkflowBody<T extends @Nullable Object> extends SharedObjectBody<T> {
        /** As {@link Body#run}. */
        T run(SharedWorkflowContext ctx) throws Exception;

        @Override
        default T run(SharedObjectContext ctx) throws Exception {
            return run((SharedWorkflowContext) ctx);
        }
    }

    /** As {@link Body}, in the main handler of a workflow. */
    @FunctionalInterface
    interface WorkflowBody<T extends @Nullable Object> extends SharedWorkflowBody<T>, ObjectBody<T> {
        /** As {@link Body#run}. */
        T run(WorkflowContext ctx) throws Exception;

        @Override
        default T run(SharedObjectContext ctx) throws Exception {
            return run((WorkflowContext) ctx);
        }

        @Override
        default T run(SharedWorkflowContext ctx) throws Exception {
            return run((WorkflowContext) ctx);
        }

        @Override
        default T run(ObjectContext ctx) throws Exception {
            return run((WorkflowContext) ctx);
        }
    }

    /** What a branch does with an item, in a service's handler. */
    @FunctionalInterface
    interface ItemBody<I extends @Nullable Object, T extends @Nullable Object> {
        /**
         * Goes on beside the rest of the handler.
         *
         * @param ctx the branch's own context. The handler's must not be used here, and this one nowhere else
         * @throws TerminalException to reject the branch's promise
         * @throws Exception any other fails the attempt, as it would in the handler
         */
        T run(Context ctx, I item) throws Exception;
    }

    /** As {@link ItemBody}, in a shared handler of a virtual object. */
    @FunctionalInterface
    interface SharedObjectItemBody<I extends @Nullable Object, T extends @Nullable Object> extends ItemBody<I, T> {
        /** As {@link ItemBody#run}. */
        T run(SharedObjectContext ctx, I item) throws Exception;

        @Override
        default T run(Context ctx, I item) throws Exception {
            return run((SharedObjectContext) ctx, item);
        }
    }

    /** As {@link ItemBody}, in an exclusive handler of a virtual object. */
    @FunctionalInterface
    interface ObjectItemBody<I extends @Nullable Object, T extends @Nullable Object>
            extends SharedObjectItemBody<I, T> {
        /** As {@link ItemBody#run}. */
        T run(ObjectContext ctx, I item) throws Exception;

        @Override
        default T run(SharedObjectContext ctx, I item) throws Exception {
            return run((ObjectContext) ctx, item);
        }
    }

    /** As {@link ItemBody}, in a shared handler of a workflow. */
    @FunctionalInterface
    interface SharedWorkflowItemBody<I extends @Nullable Object, T extends @Nullable Object>
            extends SharedObjectItemBody<I, T> {
        /** As {@link ItemBody#run}. */
        T run(SharedWorkflowContext ctx, I item) throws Exception;

        @Override
        default T run(SharedObjectContext ctx, I item) throws Exception {
            return run((SharedWorkflowContext) ctx, item);
        }
    }

    /** As {@link ItemBody}, in the main handler of a workflow. */
    @FunctionalInterface
    interface WorkflowItemBody<I extends @Nullable Object, T extends @Nullable Object>
            extends SharedWorkflowItemBody<I, T>, ObjectItemBody<I, T> {
        /** As {@link ItemBody#run}. */
        T run(WorkflowContext ctx, I item) throws Exception;

        @Override
        default T run(SharedObjectContext ctx, I item) throws Exception {
            return run((WorkflowContext) ctx, item);
        }

        @Override
        default T run(SharedWorkflowContext ctx, I item) throws Exception {
            return run((WorkflowContext) ctx, item);
        }

        @Override
        default T run(ObjectContext ctx, I item) throws Exception {
            return run((WorkflowContext) ctx, item);
        }
    }
}
