package dev.reprise.embedded;

import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.handler.HandlerReference;
import dev.reprise.sdk.handler.MethodReference;
import dev.reprise.sdk.handler.MethodReferences;
import dev.reprise.sdk.handler.ServiceKind;
import dev.reprise.sdk.serde.Serde;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Invokes the handlers of one service, object or workflow by method reference, as
 * {@code client.call(Greeter::greet, "Ada")}. Methods wait for their answer. Any thread.
 *
 * @param <S> the annotated class
 */
@SuppressWarnings("overloads") // a method reference has one arity, and one with a result prefers the form with a result
public final class TypedClient<S> {
    private final Client client;
    private final MethodReferences<S> handlers;
    private final @Nullable String key;

    TypedClient(Client client, Class<S> type, ServiceKind kind, @Nullable String key) {
        this.client = client;
        this.handlers = MethodReferences.of(type, kind);
        this.key = key;
    }

    /** Calls a handler with an input and gives its result. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> O call(
            MethodReference.Mapping<S, C, I, O> handler, I input) {
        return Client.await(callAsync(handler, input, CallOptions.NONE));
    }

    /** Calls a handler with an input and gives its result. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> O call(
            MethodReference.Mapping<S, C, I, O> handler, I input, CallOptions options) {
        return Client.await(callAsync(handler, input, options));
    }

    /** Calls a handler with an input and gives its result when there is one. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> CompletableFuture<O> callAsync(
            MethodReference.Mapping<S, C, I, O> handler, I input, CallOptions options) {
        return callAny(handler, input, options);
    }

    /** Calls a handler without input and gives its result. */
    public <C extends Context, O extends @Nullable Object> O call(MethodReference.Supplying<S, C, O> handler) {
        CompletableFuture<O> result = callAny(handler, null, CallOptions.NONE);
        return Client.await(result);
    }

    /** Calls a handler that has an input and no result, and waits for its end. */
    public <C extends Context, I extends @Nullable Object> void call(
            MethodReference.Accepting<S, C, I> handler, I input) {
        CompletableFuture<@Nullable Void> result = callAny(handler, input, CallOptions.NONE);
        Client.await(result);
    }

    /** Calls a handler that has neither input nor result, and waits for its end. */
    public <C extends Context> void call(MethodReference.Running<S, C> handler) {
        CompletableFuture<@Nullable Void> result = callAny(handler, null, CallOptions.NONE);
        Client.await(result);
    }

    /** Lets a handler be called with an input; answers the invocation's id once that is durable. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> String send(
            MethodReference.Mapping<S, C, I, O> handler, I input) {
        return sendAny(handler, input, SendOptions.NONE);
    }

    /** Lets a handler be called with an input; answers the invocation's id once that is durable. */
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> String send(
            MethodReference.Mapping<S, C, I, O> handler, I input, SendOptions options) {
        return sendAny(handler, input, options);
    }

    /** Lets a handler be called without input; answers the invocation's id once that is durable. */
    public <C extends Context, O extends @Nullable Object> String send(MethodReference.Supplying<S, C, O> handler) {
        return sendAny(handler, null, SendOptions.NONE);
    }

    /** Lets a handler be called that has an input and no result; answers the invocation's id once that is durable. */
    public <C extends Context, I extends @Nullable Object> String send(
            MethodReference.Accepting<S, C, I> handler, I input) {
        return sendAny(handler, input, SendOptions.NONE);
    }

    /** Lets a handler be called that has neither; answers the invocation's id once that is durable. */
    public <C extends Context> String send(MethodReference.Running<S, C> handler) {
        return sendAny(handler, null, SendOptions.NONE);
    }

    private <T extends @Nullable Object> CompletableFuture<T> callAny(
            MethodReference<S> handler, @Nullable Object input, CallOptions options) {
        HandlerReference reference = handlers.resolve(handler);
        @SuppressWarnings("unchecked") // the serde of the method's own result
        Serde<T> result = (Serde<T>) reference.output();
        return client.callAsync(target(reference), options, reference.input().serialize(input), result);
    }

    private String sendAny(MethodReference<S> handler, @Nullable Object input, SendOptions options) {
        HandlerReference reference = handlers.resolve(handler);
        return Client.await(
                client.sendAsync(target(reference), options, reference.input().serialize(input)));
    }

    private Target target(HandlerReference reference) {
        return new Target(reference.service(), key, reference.handler());
    }
}
