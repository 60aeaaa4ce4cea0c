package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handlers of a service, of one virtual object or of one workflow by their methods.
 *
 * {@snippet :
 * ctx.service(Insurance.class).call(Insurance::quote, trip).await();
 * ctx.object(Counter.class, "clicks").send(Counter::add, 1L, SendOptions.delay(Duration.ofMinutes(5)));
 * ctx.workflow(Signup.class, email).call(Signup::confirm).await();
 * }
 *
 * <p>The method is not invoked here: it tells which handler is called, and the types of its input and result. A
 * lambda is refused. A client belongs to the handler's thread, like the {@link Context} that made it.
 *
 * @param <S> the service's class, or the interface that declares its handlers
 */
@SuppressWarnings("overloads") // a method reference has one arity, and one with a result prefers the form with a result
public interface ServiceClient<S> {
    /** Calls a handler with an input; the promise settles with its result. */
    @CheckReturnValue
    default <C extends Context, I extends @Nullable Object, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Mapping<S, C, I, O> handler, I input) {
        return call(handler, input, CallOptions.NONE);
    }

    /**
     * Calls a handler with an input; the promise settles with its result.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers, keys and name
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    @CheckReturnValue
    <C extends Context, I extends @Nullable Object, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Mapping<S, C, I, O> handler, I input, CallOptions options);

    /** Calls a handler without input; the promise settles with its result. */
    @CheckReturnValue
    default <C extends Context, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Supplying<S, C, O> handler) {
        return call(handler, CallOptions.NONE);
    }

    /**
     * Calls a handler without input; the promise settles with its result.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers, keys and name
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    @CheckReturnValue
    <C extends Context, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Supplying<S, C, O> handler, CallOptions options);

    /** Calls a handler that has an input and no result; the promise settles when it has ended. */
    @CheckReturnValue
    default <C extends Context, I extends @Nullable Object> CallPromise<@Nullable Void> call(
            MethodReference.Accepting<S, C, I> handler, I input) {
        return call(handler, input, CallOptions.NONE);
    }

    /**
     * Calls a handler that has an input and no result; the promise settles when it has ended.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers, keys and name
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    @CheckReturnValue
    <C extends Context, I extends @Nullable Object> CallPromise<@Nullable Void> call(
            MethodReference.Accepting<S, C, I> handler, I input, CallOptions options);

    /** Calls a handler that has neither input nor result; the promise settles when it has ended. */
    @CheckReturnValue
    default <C extends Context> CallPromise<@Nullable Void> call(MethodReference.Running<S, C> handler) {
        return call(handler, CallOptions.NONE);
    }

    /**
     * Calls a handler that has neither input nor result; the promise settles when it has ended.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers, keys and name
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    @CheckReturnValue
    <C extends Context> CallPromise<@Nullable Void> call(MethodReference.Running<S, C> handler, CallOptions options);

    /** Invokes a handler with an input, without waiting for it. */
    default <C extends Context, I extends @Nullable Object, O extends @Nullable Object> InvocationHandle send(
            MethodReference.Mapping<S, C, I, O> handler, I input) {
        return send(handler, input, SendOptions.NONE);
    }

    /**
     * Invokes a handler with an input, without waiting for it.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers, keys, name and delay
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    <C extends Context, I extends @Nullable Object, O extends @Nullable Object> InvocationHandle send(
            MethodReference.Mapping<S, C, I, O> handler, I input, SendOptions options);

    /** Invokes a handler without input, without waiting for it. */
    default <C extends Context, O extends @Nullable Object> InvocationHandle send(
            MethodReference.Supplying<S, C, O> handler) {
        return send(handler, SendOptions.NONE);
    }

    /**
     * Invokes a handler without input, without waiting for it.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers, keys, name and delay
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    <C extends Context, O extends @Nullable Object> InvocationHandle send(
            MethodReference.Supplying<S, C, O> handler, SendOptions options);

    /** Invokes a handler that has an input and no result, without waiting for it. */
    default <C extends Context, I extends @Nullable Object> InvocationHandle send(
            MethodReference.Accepting<S, C, I> handler, I input) {
        return send(handler, input, SendOptions.NONE);
    }

    /**
     * Invokes a handler that has an input and no result, without waiting for it.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers, keys, name and delay
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    <C extends Context, I extends @Nullable Object> InvocationHandle send(
            MethodReference.Accepting<S, C, I> handler, I input, SendOptions options);

    /** Invokes a handler that has neither input nor result, without waiting for it. */
    default <C extends Context> InvocationHandle send(MethodReference.Running<S, C> handler) {
        return send(handler, SendOptions.NONE);
    }

    /**
     * Invokes a handler that has neither input nor result, without waiting for it.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers, keys, name and delay
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    <C extends Context> InvocationHandle send(MethodReference.Running<S, C> handler, SendOptions options);
}
