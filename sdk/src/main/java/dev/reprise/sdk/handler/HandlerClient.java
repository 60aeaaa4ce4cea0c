package dev.reprise.sdk.handler;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.MethodReference;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.ServiceClient;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.service.HandlerReference;
import dev.reprise.sdk.service.MethodReferences;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls handlers from a handler: resolves their methods, serializes the arguments, and passes the calls on. */
@SuppressWarnings("overloads") // as in the interface that it implements
final class HandlerClient<S> implements ServiceClient<S> {
    private final CallSender sender;
    private final MethodReferences<S> handlers;
    private final @Nullable String key;

    private final boolean ofWorkflow;

    private HandlerClient(CallSender sender, Class<S> type, ServiceType kind, @Nullable String key) {
        this.sender = sender;
        this.handlers = MethodReferences.of(type, kind);
        this.key = key;
        this.ofWorkflow = kind == ServiceType.WORKFLOW;
    }

    /** For a class or interface with {@code @Service}. */
    static <S> ServiceClient<S> service(CallSender sender, Class<S> type) {
        return new HandlerClient<>(sender, type, ServiceType.SERVICE, null);
    }

    /** For a class or interface with {@code @VirtualObject}. */
    static <S> ServiceClient<S> object(CallSender sender, Class<S> type, String key) {
        return new HandlerClient<>(sender, type, ServiceType.VIRTUAL_OBJECT, requireKey(type, key));
    }

    /** For a class or interface with {@code @Workflow}. */
    static <S> ServiceClient<S> workflow(CallSender sender, Class<S> type, String key) {
        return new HandlerClient<>(sender, type, ServiceType.WORKFLOW, requireKey(type, key));
    }

    private static String requireKey(Class<?> type, String key) {
        return Objects.requireNonNull(key, () -> "Expected the key of " + type.getSimpleName() + ", found null.");
    }

    @Override
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Mapping<S, C, I, O> handler, I input, CallOptions options) {
        return callAny(handler, input, options);
    }

    @Override
    public <C extends Context, O extends @Nullable Object> CallPromise<O> call(
            MethodReference.Supplying<S, C, O> handler, CallOptions options) {
        return callAny(handler, null, options);
    }

    @Override
    public <C extends Context, I extends @Nullable Object> CallPromise<@Nullable Void> call(
            MethodReference.Accepting<S, C, I> handler, I input, CallOptions options) {
        return callAny(handler, input, options);
    }

    @Override
    public <C extends Context> CallPromise<@Nullable Void> call(
            MethodReference.Running<S, C> handler, CallOptions options) {
        return callAny(handler, null, options);
    }

    @Override
    public <C extends Context, I extends @Nullable Object, O extends @Nullable Object> InvocationHandle send(
            MethodReference.Mapping<S, C, I, O> handler, I input, SendOptions options) {
        return sendAny(handler, input, options);
    }

    @Override
    public <C extends Context, O extends @Nullable Object> InvocationHandle send(
            MethodReference.Supplying<S, C, O> handler, SendOptions options) {
        return sendAny(handler, null, options);
    }

    @Override
    public <C extends Context, I extends @Nullable Object> InvocationHandle send(
            MethodReference.Accepting<S, C, I> handler, I input, SendOptions options) {
        return sendAny(handler, input, options);
    }

    @Override
    public <C extends Context> InvocationHandle send(MethodReference.Running<S, C> handler, SendOptions options) {
        return sendAny(handler, null, options);
    }

    private <T extends @Nullable Object> CallPromise<T> callAny(
            MethodReference<S> handler, @Nullable Object input, CallOptions options) {
        HandlerReference reference = handlers.resolve(handler);
        @SuppressWarnings("unchecked") // the serde of the method's own result
        Serde<T> result = (Serde<T>) reference.output();
        return sender.call(target(reference), options, reference.input().serialize(input), result, ofWorkflow);
    }

    private InvocationHandle sendAny(MethodReference<S> handler, @Nullable Object input, SendOptions options) {
        HandlerReference reference = handlers.resolve(handler);
        return sender.send(target(reference), options, reference.input().serialize(input));
    }

    private Target target(HandlerReference reference) {
        return new Target(reference.service(), key, reference.handler());
    }
}
