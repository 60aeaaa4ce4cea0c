package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another invocation, by its id. Everything done through it is recorded.
 *
 * <p>Belongs to the handler's thread, like the {@link Context} it came from.
 */
public interface InvocationHandle {
    /** Its id. For an invocation that was just started, waits until the engine has assigned one. */
    String invocationId();

    /**
     * Settles with its result when it completes; rejected with its failure, or with code 404 when the engine does not
     * know it, because it never was or its result is no longer kept.
     */
    @CheckReturnValue
    <T> RestatePromise<T> attach(Class<T> type);

    /** As {@link #attach(Class)}, with a result that a class does not describe. */
    @CheckReturnValue
    <T extends @Nullable Object> RestatePromise<T> attach(TypeDescriptor<T> type);

    /** Its result if it has completed, without waiting for it; empty otherwise. Rejected if it failed. */
    @CheckReturnValue
    <T> RestatePromise<Optional<T>> output(Class<T> type);

    /** As {@link #output(Class)}, with a result that a class does not describe. */
    @CheckReturnValue
    <T> RestatePromise<Optional<T>> output(TypeDescriptor<T> type);

    /**
     * Cancels it: its next await throws {@link CancelledException}, also if it waits right now; one that has not begun
     * ends at once. Does not wait for it to end, and does nothing to one that has ended.
     */
    void cancel();

    /** Sends it a signal it can await by {@link Context#signal}, with {@code value} serialized as the class it has. */
    void signal(String name, Object value);

    /** Sends it a signal it can await by {@link Context#signal}, with {@code value} serialized as {@code type}. */
    <T extends @Nullable Object> void signal(String name, TypeDescriptor<T> type, T value);

    /** Sends it a signal whose await throws {@code reason}. */
    void rejectSignal(String name, TerminalException reason);
}
