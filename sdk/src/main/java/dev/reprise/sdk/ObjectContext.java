package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exclusive handler of a virtual object can do: change the object's state too. One exclusive handler runs at a
 * time for each key. A change is recorded like a step, and is seen by the handler's own reads at once.
 */
public interface ObjectContext extends SharedObjectContext {
    /**
     * Gives a key of the state a value. Others see it when the engine has stored it, at the latest when this handler
     * has ended; a crash loses nothing that was stored, and a handler that starts again sees its own changes so far.
     *
     * @param value not null; to remove the key use {@link #clear}
     * @throws dev.reprise.sdk.serde.SerdeException when it cannot be written
     */
    <T> void set(StateKey<T> key, T value);

    /** Removes a key and its value from the state; nothing happens if it has none. */
    void clear(StateKey<?> key);

    /** Removes every key from the state. */
    void clearAll();

    // -- branches

    /** As {@link Context#fork}, with this kind of context. */
    @CheckReturnValue
    default <T extends @Nullable Object> Branch<T> fork(String name, Branch.ObjectBody<T> body) {
        return fork(name, (Branch.Body<T>) body);
    }

    /** As {@link Context#scope}; its branches get this kind of context. */
    @Override
    <T extends @Nullable Object, R extends @Nullable Object> Scope<? extends ObjectContext, T, R> scope(
            Scope.Joiner<? super T, ? extends R> joiner);

    /** As {@link Context#mapConcurrent}, with this kind of context. */
    default <I extends @Nullable Object, T extends @Nullable Object> List<T> mapConcurrent(
            Iterable<? extends I> items, int limit, Branch.ObjectItemBody<? super I, ? extends T> body) {
        return mapConcurrent(items, limit, (Branch.ItemBody<? super I, ? extends T>) body);
    }

    /** As {@link Context#mapConcurrentSettled}, with this kind of context. */
    default <I extends @Nullable Object, T extends @Nullable Object> List<Settled<T>> mapConcurrentSettled(
            Iterable<? extends I> items, int limit, Branch.ObjectItemBody<? super I, ? extends T> body) {
        return mapConcurrentSettled(items, limit, (Branch.ItemBody<? super I, ? extends T>) body);
    }

    /** As {@link Context#hedge}, with this kind of context. */
    default <T extends @Nullable Object> T hedge(
            String name, Duration delay, int copies, Branch.ObjectBody<? extends T> body) {
        return hedge(name, delay, copies, (Branch.Body<? extends T>) body);
    }

    /** As {@link Context#retry}, with this kind of context. */
    default <T extends @Nullable Object> T retry(String name, RetryPolicy policy, Branch.ObjectBody<? extends T> body) {
        return retry(name, policy, (Branch.Body<? extends T>) body);
    }
}
