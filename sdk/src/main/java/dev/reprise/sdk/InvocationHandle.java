package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another invocation, by its id. Everything done through it is recorded.
 *
 * <p>Belongs to the handler's thread, like the {@link Context} it came from.
 */
public interface InvocationHandle {
    /** Its id. For an invocation just started this waits until the engine has given it one. */
    String invocationId();

    /**
     * Settles with its result when it completes; rejected with its failure, or with code 404 when the engine does not know
     * it, because it never was or its result is no longer kept.
     */
    @CheckReturnValue
    <T> RestatePromise<T> attach(Class<T> type);

    /** Settles with its result when it completes. */
    @CheckReturnValue
    <T extends @Nullable Object> RestatePromise<T> attach(TypeRef<T> type);

    /** Settles with its result when it completes. */
    @CheckReturnValue
    <T extends @Nullable Object> RestatePromise<T> attach(Serde<T> serde);

    /** Looks at its result without waiting for it: empty if it has not completed. Rejected if it failed. */
    @CheckReturnValue
    <T> RestatePromise<Optional<T>> output(Class<T> type);

    /** Looks at its result without waiting for it: empty if it has not completed. Rejected if it failed. */
    @CheckReturnValue
    <T> RestatePromise<Optional<T>> output(TypeRef<T> type);

    /** Looks at its result without waiting for it: empty if it has not completed. Rejected if it failed. */
    @CheckReturnValue
    <T> RestatePromise<Optional<T>> output(Serde<T> serde);

    /**
     * Cancels it: its next await throws {@link CancelledException}, also if it waits right now; one that has not begun ends
     * at once. Does not wait for it to end, and does nothing to one that has ended.
     */
    void cancel();

    /** Sends it a signal it can await by {@link Context#signal}, with {@code value} serialized as the class it has. */
    void signal(String name, Object value);

    /** Sends it a signal it can await by {@link Context#signal}, with {@code value} serialized as {@code type}. */
    <T extends @Nullable Object> void signal(String name, TypeRef<T> type, T value);

    /** Sends it a signal it can await by {@link Context#signal}, with {@code value} serialized by {@code serde}. */
    <T extends @Nullable Object> void signal(String name, Serde<T> serde, T value);

    /** Sends it a signal whose await throws {@code reason}. */
    void rejectSignal(String name, TerminalException reason);
}
