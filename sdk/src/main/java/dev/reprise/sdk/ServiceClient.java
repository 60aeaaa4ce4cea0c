package dev.reprise.sdk;

import dev.reprise.sdk.handler.CallSender;
import dev.reprise.sdk.handler.HandlerReference;
import dev.reprise.sdk.handler.MethodReference;
import dev.reprise.sdk.handler.MethodReferences;
import dev.reprise.sdk.handler.ServiceKind;
import dev.reprise.sdk.serde.Serde;
import java.util.Objects;
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
 * <p>The method is not invoked here: it says which handler is called, what the input and the result are and how they are
 * written. A lambda in its place is refused. It belongs to the handler's thread, like the {@link Context} it came from.
 *
 * @param <S> the service's class, or the interface that declares its handlers
 */
@SuppressWarnings("overloads") // a method reference has one arity, and one with a result prefers the form with a result
public final class ServiceClient<S> {
    private final CallSender sender;
    private final MethodReferences<S> handlers;
    private final @Nullable String key;

    private ServiceClient(CallSender sender, MethodReferences<S> handlers, @Nullable String key) {
        this.sender = sender;
        this.handlers = handlers;
        this.key = key;
    }

    /**
     * Calls a service's handlers.
     *
     * @param sender where calls go
     * @param type the class or interface with {@code @Service}
     * @throws IllegalArgumentException when it is not a service
     */
    public static <S> ServiceClient<S> service(CallSender sender, Class<S> type) {
        return new ServiceClient<>(sender, MethodReferences.of(type, ServiceKind.SERVICE), null);
    }

    /**
     * Calls the handlers of one virtual object.
     *
     * @param sender where calls go
     * @param type the class or interface with {@code @VirtualObject}
     * @param key which object
     * @throws IllegalArgumentException when it is not a virtual object
     */
    public static <S> ServiceClient<S> object(CallSender sender, Class<S> type, String key) {
        return new ServiceClient<>(
                sender, MethodReferences.of(type, ServiceKind.VIRTUAL_OBJECT), requireKey(type, key));
    }

    /**
     * Calls the handlers of one workflow.
     *
     * @param sender where calls go
     * @param type the class or interface with {@code @Workflow}
     * @param key which workflow
     * @throws IllegalArgumentException when it is not a workflow
     */
    public static <S> ServiceClient<S> workflow(CallSender sender, Class<S> type, String key) {
        return new ServiceClient<>(sender, MethodReferences.of(type, ServiceKind.WORKFLOW), requireKey(type, key));
    }

    private static String requireKey(Class<?> type, String key) {
        return Objects.requireNonNull(key, () -> "Expected the key of " + type.getSimpleName() + ", found null.");
    }

    /** Calls a handler with an input and gives its result. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Mapping<S, C, I, O> handler, I input) {
        return call(handler, input, CallOptions.NONE);
    }

    /**
     * Calls a handler with an input and gives its result.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers, keys and name
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Mapping<S, C, I, O> handler, I input, CallOptions options) {
        return callAny(handler, input, options);
    }

    /** Calls a handler without input and gives its result. */
    public <C extends Context, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Supplying<S, C, O> handler) {
        return call(handler, CallOptions.NONE);
    }

    /**
     * Calls a handler without input and gives its result.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers, keys and name
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    public <C extends Context, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Supplying<S, C, O> handler, CallOptions options) {
        return callAny(handler, null, options);
    }

    /** Calls a handler that has an input and no result; gives when it has ended. */
    public <C extends Context, I extends @Nullable Object> CallPromise<@Nullable Void> call(
            MethodReference.Accepting<S, C, I> handler, I input) {
        return call(handler, input, CallOptions.NONE);
    }

    /**
     * Calls a handler that has an input and no result; gives when it has ended.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers, keys and name
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    public <C extends Context, I extends @Nullable Object> CallPromise<@Nullable Void> call(
            MethodReference.Accepting<S, C, I> handler, I input, CallOptions options) {
        return callAny(handler, input, options);
    }

    /** Calls a handler that has neither input nor result; gives when it has ended. */
    public <C extends Context> CallPromise<@Nullable Void> call(MethodReference.Running<S, C> handler) {
        return call(handler, CallOptions.NONE);
    }

    /**
     * Calls a handler that has neither input nor result; gives when it has ended.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers, keys and name
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    public <C extends Context> CallPromise<@Nullable Void> call(
            MethodReference.Running<S, C> handler, CallOptions options) {
        return callAny(handler, null, options);
    }

    /** Invokes a handler with an input, without waiting for it. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> InvocationHandle send(
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
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> InvocationHandle send(
            MethodReference.Mapping<S, C, I, O> handler, I input, SendOptions options) {
        return sendAny(handler, input, options);
    }

    /** Invokes a handler without input, without waiting for it. */
    public <C extends Context, O extends @Nullable Object> InvocationHandle send(
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
    public <C extends Context, O extends @Nullable Object> InvocationHandle send(
            MethodReference.Supplying<S, C, O> handler, SendOptions options) {
        return sendAny(handler, null, options);
    }

    /** Invokes a handler that has an input and no result, without waiting for it. */
    public <C extends Context, I extends @Nullable Object> InvocationHandle send(
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
    public <C extends Context, I extends @Nullable Object> InvocationHandle send(
            MethodReference.Accepting<S, C, I> handler, I input, SendOptions options) {
        return sendAny(handler, input, options);
    }

    /** Invokes a handler that has neither input nor result, without waiting for it. */
    public <C extends Context> InvocationHandle send(MethodReference.Running<S, C> handler) {
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
    public <C extends Context> InvocationHandle send(MethodReference.Running<S, C> handler, SendOptions options) {
        return sendAny(handler, null, options);
    }

    private <T extends @Nullable Object> CallPromise<T> callAny(
            MethodReference<S> handler, @Nullable Object input, CallOptions options) {
        HandlerReference reference = handlers.resolve(handler);
        @SuppressWarnings("unchecked") // the serde of the method's own result
        Serde<T> result = (Serde<T>) reference.output();
        return sender.call(target(reference), options, reference.input().serialize(input), result);
    }

    private InvocationHandle sendAny(MethodReference<S> handler, @Nullable Object input, SendOptions options) {
        HandlerReference reference = handlers.resolve(handler);
        return sender.send(target(reference), options, reference.input().serialize(input));
    }

    private Target target(HandlerReference reference) {
        return new Target(reference.service(), key, reference.handler());
    }
}
