package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the main handler of a workflow can do. It runs once for each key: change the state, and use the promises. */
@SuppressWarnings("overloads") // a workflow's body is more special than any other, so it is the one that is meant
public interface WorkflowContext extends SharedWorkflowContext, ObjectContext {
    // -- branches

    /** As {@link Context#fork}, with this kind of context. */
    @CheckReturnValue
    default <T extends @Nullable Object> Branch<T> fork(String name, Branch.WorkflowBody<T> body) {
        return fork(name, (Branch.Body<T>) body);
    }

    /** As {@link Context#scope}; its branches get this kind of context. */
    @Override
    <T extends @Nullable Object, R extends @Nullable Object> Scope<? extends WorkflowContext, T, R> scope(
            Scope.Joiner<? super T, ? extends R> joiner);

    /** As {@link Context#mapConcurrent}, with this kind of context. */
    default <I extends @Nullable Object, T extends @Nullable Object> List<T> mapConcurrent(
            Iterable<? extends I> items, int limit, Branch.WorkflowItemBody<? super I, ? extends T> body) {
        return mapConcurrent(items, limit, (Branch.ItemBody<? super I, ? extends T>) body);
    }

    /** As {@link Context#mapConcurrentSettled}, with this kind of context. */
    default <I extends @Nullable Object, T extends @Nullable Object> List<Settled<T>> mapConcurrentSettled(
            Iterable<? extends I> items, int limit, Branch.WorkflowItemBody<? super I, ? extends T> body) {
        return mapConcurrentSettled(items, limit, (Branch.ItemBody<? super I, ? extends T>) body);
    }

    /** As {@link Context#hedge}, with this kind of context. */
    default <T extends @Nullable Object> T hedge(
            String name, Duration delay, int copies, Branch.WorkflowBody<? extends T> body) {
        return hedge(name, delay, copies, (Branch.Body<? extends T>) body);
    }

    /** As {@link Context#retry}, with this kind of context. */
    default <T extends @Nullable Object> T retry(
            String name, RetryPolicy policy, Branch.WorkflowBody<? extends T> body) {
        return retry(name, policy, (Branch.Body<? extends T>) body);
    }
}
