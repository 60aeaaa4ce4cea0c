package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shared handler of a workflow can do: read its state, and use the promises its handlers share. */
public interface SharedWorkflowContext extends SharedObjectContext {
    /**
     * The workflow's promise of this name. Every handler that names it means the same one; it need not be made before.
     *
     * @param type the class of its value
     */
    <T> DurablePromise<T> promise(String name, Class<T> type);

    /** As {@link #promise(String, Class)}, with a value that a class does not describe. */
    <T extends @Nullable Object> DurablePromise<T> promise(String name, TypeDescriptor<T> type);

    // -- branches

    /** As {@link Context#fork}, with this kind of context. */
    @CheckReturnValue
    default <T extends @Nullable Object> Branch<T> fork(String name, Branch.SharedWorkflowBody<T> body) {
        return fork(name, (Branch.Body<T>) body);
    }

    /** As {@link Context#scope}; its branches get this kind of context. */
    @Override
    <T extends @Nullable Object, R extends @Nullable Object> Scope<? extends SharedWorkflowContext, T, R> scope(
            Scope.Joiner<? super T, ? extends R> joiner);

    /** As {@link Context#mapConcurrent}, with this kind of context. */
    default <I extends @Nullable Object, T extends @Nullable Object> List<T> mapConcurrent(
            Iterable<? extends I> items, int limit, Branch.SharedWorkflowItemBody<? super I, ? extends T> body) {
        return mapConcurrent(items, limit, (Branch.ItemBody<? super I, ? extends T>) body);
    }

    /** As {@link Context#mapConcurrentSettled}, with this kind of context. */
    default <I extends @Nullable Object, T extends @Nullable Object> List<Settled<T>> mapConcurrentSettled(
            Iterable<? extends I> items, int limit, Branch.SharedWorkflowItemBody<? super I, ? extends T> body) {
        return mapConcurrentSettled(items, limit, (Branch.ItemBody<? super I, ? extends T>) body);
    }

    /** As {@link Context#hedge}, with this kind of context. */
    default <T extends @Nullable Object> T hedge(
            String name, Duration delay, int copies, Branch.SharedWorkflowBody<? extends T> body) {
        return hedge(name, delay, copies, (Branch.Body<? extends T>) body);
    }

    /** As {@link Context#retry}, with this kind of context. */
    default <T extends @Nullable Object> T retry(
            String name, RetryPolicy policy, Branch.SharedWorkflowBody<? extends T> body) {
        return retry(name, policy, (Branch.Body<? extends T>) body);
    }
}
