package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a shared handler of a virtual object can do: read the object's state. Several shared handlers of one object run
 * at the same time, also beside the exclusive one.
 */
public interface SharedObjectContext extends Context {
    /** The object's or workflow's key. Any thread may ask. */
    String key();

    /**
     * The value of a key of the state; empty if it has none. Waits for the engine if the state was not sent along with
     * the start of the attempt. What was read is recorded: every replay reads the same.
     *
     * @throws dev.reprise.sdk.serde.SerdeException when the value is not of the key's type; the attempt then fails, to
     *     be retried, unless it is caught
     */
    <T> Optional<T> get(StateKey<T> key);

    /**
     * The names of all keys that have a value, in no promised order, but recorded. Waits for the engine as {@link #get}
     * does.
     */
    List<String> stateKeys();

    // -- branches

    /** As {@link Context#fork}, with this kind of context. */
    @CheckReturnValue
    default <T extends @Nullable Object> Branch<T> fork(String name, Branch.SharedObjectBody<T> body) {
        return fork(name, (Branch.Body<T>) body);
    }

    /** As {@link Context#scope}; its branches get this kind of context. */
    @Override
    <T extends @Nullable Object, R extends @Nullable Object> Scope<? extends SharedObjectContext, T, R> scope(
            Scope.Joiner<? super T, ? extends R> joiner);

    /** As {@link Context#mapConcurrent}, with this kind of context. */
    default <I extends @Nullable Object, T extends @Nullable Object> List<T> mapConcurrent(
            Iterable<? extends I> items, int limit, Branch.SharedObjectItemBody<? super I, ? extends T> body) {
        return mapConcurrent(items, limit, (Branch.ItemBody<? super I, ? extends T>) body);
    }

    /** As {@link Context#mapConcurrentSettled}, with this kind of context. */
    default <I extends @Nullable Object, T extends @Nullable Object> List<Settled<T>> mapConcurrentSettled(
            Iterable<? extends I> items, int limit, Branch.SharedObjectItemBody<? super I, ? extends T> body) {
        return mapConcurrentSettled(items, limit, (Branch.ItemBody<? super I, ? extends T>) body);
    }

    /** As {@link Context#hedge}, with this kind of context. */
    default <T extends @Nullable Object> T hedge(
            String name, Duration delay, int copies, Branch.SharedObjectBody<? extends T> body) {
        return hedge(name, delay, copies, (Branch.Body<? extends T>) body);
    }

    /** As {@link Context#retry}, with this kind of context. */
    default <T extends @Nullable Object> T retry(
            String name, RetryPolicy policy, Branch.SharedObjectBody<? extends T> body) {
        return retry(name, policy, (Branch.Body<? extends T>) body);
    }
}
