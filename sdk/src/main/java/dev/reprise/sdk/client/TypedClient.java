package dev.reprise.sdk.client;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.MethodReference;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.service.HandlerReference;
import dev.reprise.sdk.service.MethodReferences;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Invokes the handlers of one service, object or workflow by their methods, with their own serdes.
 *
 * {@snippet :
 * String greeting = client.service(Greeter.class).call(Greeter::greet, "Ada");
 * client.object(Counter.class, "clicks").send(Counter::add, 1L, SendOptions.delay(Duration.ofMinutes(5)));
 * SentInvocation<String> signup = client.workflow(Signup.class, email).send(Signup::run, user);
 * }
 *
 * <p>The method is not invoked here: it determines the handler to call, the types of input and result, and how they are
 * serialized. A lambda is refused. Methods wait, except those that end in {@code Async}. Any thread.
 *
 * @param <S> the service's class, or the interface that declares its handlers
 */
@SuppressWarnings("overloads") // a method reference has one arity, and one with a result prefers the form with a result
public final class TypedClient<S> {
    private final Client client;
    private final MethodReferences<S> handlers;
    private final @Nullable String key;

    TypedClient(Client client, Class<S> type, ServiceType kind, @Nullable String key) {
        this.client = client;
        this.handlers = MethodReferences.of(type, kind);
        this.key = key;
    }

    /** Calls a handler with an input and returns its result. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> O call(
            MethodReference.Mapping<S, C, I, O> handler, I input) {
        return call(handler, input, CallOptions.NONE);
    }

    /**
     * Calls a handler with an input and returns its result.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers and keys
     * @throws ClientException when the invocation fails, the call is refused or the engine cannot be reached
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written or the result cannot be read
     */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> O call(
            MethodReference.Mapping<S, C, I, O> handler, I input, CallOptions options) {
        return Futures.await(callAsync(handler, input, options));
    }

    /** Calls a handler with an input; completes when it has ended. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> CompletableFuture<O> callAsync(
            MethodReference.Mapping<S, C, I, O> handler, I input) {
        return callAsync(handler, input, CallOptions.NONE);
    }

    /** Calls a handler with an input; completes when it has ended. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> CompletableFuture<O> callAsync(
            MethodReference.Mapping<S, C, I, O> handler, I input, CallOptions options) {
        return callAny(handler, input, options);
    }

    /** Calls a handler without input and returns its result. */
    public <C extends Context, O extends @Nullable Object> O call(MethodReference.Supplying<S, C, O> handler) {
        return call(handler, CallOptions.NONE);
    }

    /**
     * Calls a handler without input and returns its result.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers and keys
     * @throws ClientException when the invocation fails, the call is refused or the engine cannot be reached
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written or the result cannot be read
     */
    public <C extends Context, O extends @Nullable Object> O call(
            MethodReference.Supplying<S, C, O> handler, CallOptions options) {
        return Futures.await(callAsync(handler, options));
    }

    /** Calls a handler without input; completes when it has ended. */
    public <C extends Context, O extends @Nullable Object> CompletableFuture<O> callAsync(
            MethodReference.Supplying<S, C, O> handler) {
        return callAsync(handler, CallOptions.NONE);
    }

    /** Calls a handler without input; completes when it has ended. */
    public <C extends Context, O extends @Nullable Object> CompletableFuture<O> callAsync(
            MethodReference.Supplying<S, C, O> handler, CallOptions options) {
        return callAny(handler, null, options);
    }

    /** Calls a handler that has an input and no result, and waits for it to end. */
    public <C extends Context, I extends @Nullable Object> void call(
            MethodReference.Accepting<S, C, I> handler, I input) {
        call(handler, input, CallOptions.NONE);
    }

    /**
     * Calls a handler that has an input and no result, and waits for it to end.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers and keys
     * @throws ClientException when the invocation fails, the call is refused or the engine cannot be reached
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written or the result cannot be read
     */
    public <C extends Context, I extends @Nullable Object> void call(
            MethodReference.Accepting<S, C, I> handler, I input, CallOptions options) {
        Futures.await(callAsync(handler, input, options));
    }

    /** Calls a handler that has an input and no result; completes when it has ended. */
    public <C extends Context, I extends @Nullable Object> CompletableFuture<@Nullable Void> callAsync(
            MethodReference.Accepting<S, C, I> handler, I input) {
        return callAsync(handler, input, CallOptions.NONE);
    }

    /** Calls a handler that has an input and no result; completes when it has ended. */
    public <C extends Context, I extends @Nullable Object> CompletableFuture<@Nullable Void> callAsync(
            MethodReference.Accepting<S, C, I> handler, I input, CallOptions options) {
        return callAny(handler, input, options);
    }

    /** Calls a handler that has neither input nor result, and waits for it to end. */
    public <C extends Context> void call(MethodReference.Running<S, C> handler) {
        call(handler, CallOptions.NONE);
    }

    /**
     * Calls a handler that has neither input nor result, and waits for it to end.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers and keys
     * @throws ClientException when the invocation fails, the call is refused or the engine cannot be reached
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written or the result cannot be read
     */
    public <C extends Context> void call(MethodReference.Running<S, C> handler, CallOptions options) {
        Futures.await(callAsync(handler, options));
    }

    /** Calls a handler that has neither input nor result; completes when it has ended. */
    public <C extends Context> CompletableFuture<@Nullable Void> callAsync(MethodReference.Running<S, C> handler) {
        return callAsync(handler, CallOptions.NONE);
    }

    /** Calls a handler that has neither input nor result; completes when it has ended. */
    public <C extends Context> CompletableFuture<@Nullable Void> callAsync(
            MethodReference.Running<S, C> handler, CallOptions options) {
        return callAny(handler, null, options);
    }

    /** Sends to a handler with an input; returns once that is durable. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> SentInvocation<O> send(
            MethodReference.Mapping<S, C, I, O> handler, I input) {
        return send(handler, input, SendOptions.NONE);
    }

    /**
     * Sends to a handler with an input, for now or later; returns once that is durable.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers, keys and delay
     * @throws ClientException when it is refused or the engine cannot be reached
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> SentInvocation<O> send(
            MethodReference.Mapping<S, C, I, O> handler, I input, SendOptions options) {
        return Futures.await(sendAsync(handler, input, options));
    }

    /** Sends to a handler with an input, for now or later; completes once that is durable. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object>
            CompletableFuture<SentInvocation<O>> sendAsync(
                    MethodReference.Mapping<S, C, I, O> handler, I input, SendOptions options) {
        return sendAny(handler, input, options);
    }

    /** Sends to a handler without input; returns once that is durable. */
    public <C extends Context, O extends @Nullable Object> SentInvocation<O> send(
            MethodReference.Supplying<S, C, O> handler) {
        return send(handler, SendOptions.NONE);
    }

    /**
     * Sends to a handler without input, for now or later; returns once that is durable.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers, keys and delay
     * @throws ClientException when it is refused or the engine cannot be reached
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    public <C extends Context, O extends @Nullable Object> SentInvocation<O> send(
            MethodReference.Supplying<S, C, O> handler, SendOptions options) {
        return Futures.await(sendAsync(handler, options));
    }

    /** Sends to a handler without input, for now or later; completes once that is durable. */
    public <C extends Context, O extends @Nullable Object> CompletableFuture<SentInvocation<O>> sendAsync(
            MethodReference.Supplying<S, C, O> handler, SendOptions options) {
        return sendAny(handler, null, options);
    }

    /** Sends to a handler that has an input and no result; returns once that is durable. */
    public <C extends Context, I extends @Nullable Object> SentInvocation<@Nullable Void> send(
            MethodReference.Accepting<S, C, I> handler, I input) {
        return send(handler, input, SendOptions.NONE);
    }

    /**
     * Sends to a handler that has an input and no result, for now or later; returns once that is durable.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param input its input
     * @param options headers, keys and delay
     * @throws ClientException when it is refused or the engine cannot be reached
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    public <C extends Context, I extends @Nullable Object> SentInvocation<@Nullable Void> send(
            MethodReference.Accepting<S, C, I> handler, I input, SendOptions options) {
        return Futures.await(sendAsync(handler, input, options));
    }

    /** Sends to a handler that has an input and no result, for now or later; completes once that is durable. */
    public <C extends Context, I extends @Nullable Object> CompletableFuture<SentInvocation<@Nullable Void>> sendAsync(
            MethodReference.Accepting<S, C, I> handler, I input, SendOptions options) {
        return sendAny(handler, input, options);
    }

    /** Sends to a handler that has neither input nor result; returns once that is durable. */
    public <C extends Context> SentInvocation<@Nullable Void> send(MethodReference.Running<S, C> handler) {
        return send(handler, SendOptions.NONE);
    }

    /**
     * Sends to a handler that has neither input nor result, for now or later; returns once that is durable.
     *
     * @param handler its method, such as {@code Counter::add}
     * @param options headers, keys and delay
     * @throws ClientException when it is refused or the engine cannot be reached
     * @throws IllegalArgumentException when it is not the method of a handler
     * @throws dev.reprise.sdk.serde.SerdeException when the input cannot be written
     */
    public <C extends Context> SentInvocation<@Nullable Void> send(
            MethodReference.Running<S, C> handler, SendOptions options) {
        return Futures.await(sendAsync(handler, options));
    }

    /** Sends to a handler that has neither input nor result, for now or later; completes once that is durable. */
    public <C extends Context> CompletableFuture<SentInvocation<@Nullable Void>> sendAsync(
            MethodReference.Running<S, C> handler, SendOptions options) {
        return sendAny(handler, null, options);
    }

    private <T extends @Nullable Object> CompletableFuture<T> callAny(
            MethodReference<S> handler, @Nullable Object input, CallOptions options) {
        HandlerReference reference = handlers.resolve(handler);
        return client.callAsync(target(reference), reference.input(), input, this.<T>result(reference), options);
    }

    private <T extends @Nullable Object> CompletableFuture<SentInvocation<T>> sendAny(
            MethodReference<S> handler, @Nullable Object input, SendOptions options) {
        HandlerReference reference = handlers.resolve(handler);
        return client.sendAsync(target(reference), reference.input(), input, this.<T>result(reference), options);
    }

    @SuppressWarnings("unchecked") // the serde of the method's own result
    private <T extends @Nullable Object> Serde<T> result(HandlerReference reference) {
        return (Serde<T>) reference.output();
    }

    private Target target(HandlerReference reference) {
        return new Target(reference.service(), key, reference.handler());
    }
}
