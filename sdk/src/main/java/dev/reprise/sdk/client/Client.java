package dev.reprise.sdk.client;

import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.WellFormed;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Invokes handlers from outside of handlers, in this JVM or over HTTP.
 *
 * {@snippet :
 * Client client = Client.http(URI.create("http://localhost:8080")).connect();
 * String greeting = client.service(Greeter.class).call(Greeter::greet, "Ada");
 * }
 *
 * <p>By method reference if the handler's class is available, otherwise by name. Methods wait for their answer; those
 * that end in {@code Async} return it as a future. Failures are {@link ClientException}s. Any thread.
 *
 * <p>Answers are durable: an invocation whose id the client has received continues, whatever happens to this process or
 * to the engine's. A call or send without an answer may still have been accepted; with an idempotency key it can be
 * repeated, and meets the first one.
 */
public final class Client {
    private final ClientTransport transport;
    private final SerdeFactory serdes;

    /** A client of the engine that {@code transport} reaches; values that have no serde of their own are JSON. */
    public Client(ClientTransport transport) {
        this(transport, SerdeFactory.json());
    }

    /**
     * A client of the engine that {@code transport} reaches.
     *
     * @param serdes serializes values that have no serde of their own
     */
    public Client(ClientTransport transport, SerdeFactory serdes) {
        this.transport = transport;
        this.serdes = serdes;
    }

    /**
     * Begins to configure a client over HTTP.
     *
     * @param ingress the server's ingress, such as {@code http://localhost:8080}
     */
    public static HttpClientBuilder http(URI ingress) {
        return new HttpClientBuilder(ingress);
    }

    /**
     * A client of the same engine with another policy for calls that wait for an invocation which is paused or keeps
     * failing.
     */
    public Client with(StallPolicy policy) {
        return new Client(transport.with(policy), serdes);
    }

    // -- by method

    /**
     * A client of an annotated service.
     *
     * @throws IllegalArgumentException when it is not a service
     */
    public <S> TypedClient<S> service(Class<S> type) {
        return new TypedClient<>(this, type, ServiceType.SERVICE, null);
    }

    /**
     * A client of one annotated virtual object.
     *
     * @throws IllegalArgumentException when it is not a virtual object
     */
    public <S> TypedClient<S> object(Class<S> type, String key) {
        return new TypedClient<>(this, type, ServiceType.VIRTUAL_OBJECT, key);
    }

    /**
     * A client of one annotated workflow. Sending to its {@code run} submits it; a second submission attaches to the
     * first.
     *
     * @throws IllegalArgumentException when it is not a workflow
     */
    public <S> TypedClient<S> workflow(Class<S> type, String key) {
        return new TypedClient<>(this, type, ServiceType.WORKFLOW, key);
    }

    // -- by name

    /** As {@link #call(Target, Object, Class, CallOptions)}, without options. */
    public <T> T call(Target target, @Nullable Object argument, Class<T> result) {
        return call(target, argument, result, CallOptions.NONE);
    }

    /**
     * Calls a handler and waits for its result, however long that takes.
     *
     * @param target which handler
     * @param argument the argument, serialized as its own class; null for a handler without input. For an argument of a
     *     generic type, or one that is JSON's {@code null}, use {@link #callAsync}, which takes its type
     * @param result the class of the result
     * @param options headers, idempotency key and so on
     * @throws ClientException when the invocation fails, the call is refused or the engine cannot be reached
     * @throws dev.reprise.sdk.serde.SerdeException when the argument cannot be written or the result cannot be read
     */
    public <T> T call(Target target, @Nullable Object argument, Class<T> result, CallOptions options) {
        return call(target, argument, serdes.create(result), options);
    }

    /** As {@link #call(Target, Object, Class, CallOptions)}, with a result that a class does not describe. */
    public <T extends @Nullable Object> T call(
            Target target, @Nullable Object argument, TypeDescriptor<T> result, CallOptions options) {
        return Futures.await(callAsync(target, serdeOf(argument), argument, result, options));
    }

    /**
     * Calls a handler; completes with its result.
     *
     * @param target which handler
     * @param parameter the type of the argument; {@link Serde#none} with {@code null} for none
     * @param argument the argument
     * @param result the type of the result
     * @param options headers, idempotency key and so on
     * @throws IllegalArgumentException when a key or a header cannot be carried as it is: they travel as HTTP
     *     headers, so they may contain visible ASCII characters only, in this JVM too
     */
    public <P extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> callAsync(
            Target target, TypeDescriptor<P> parameter, P argument, TypeDescriptor<T> result, CallOptions options) {
        HeaderRules.require(options);
        Payload payload = Payload.of(parameter.serde(serdes), argument);
        Serde<T> read = result.serde(serdes);
        return Futures.read(transport.call(target, payload, options), read::deserialize);
    }

    /** As {@link #send(Target, Object, SendOptions)}, at once and without options. */
    public ClientInvocation send(Target target, @Nullable Object argument) {
        return send(target, argument, SendOptions.NONE);
    }

    /**
     * Sends a message to a handler, for now or later; returns once the engine has stored it.
     *
     * @param target the handler
     * @param argument the argument, serialized as its own class; null for a handler without input
     * @param options delay, headers, idempotency key and so on
     * @throws ClientException when it is refused or the engine cannot be reached
     * @throws dev.reprise.sdk.serde.SerdeException when the argument cannot be written
     */
    public ClientInvocation send(Target target, @Nullable Object argument, SendOptions options) {
        return Futures.await(sendAsync(target, serdeOf(argument), argument, Serde.none(), options))
                .invocation();
    }

    /**
     * Sends a message to a handler, for now or later; completes once the engine has stored it.
     *
     * @param target the handler
     * @param parameter the type of the argument; {@link Serde#none} with {@code null} for none
     * @param argument the argument
     * @param result the type of the result, in case it is requested
     * @param options delay, headers, idempotency key and so on
     */
    public <P extends @Nullable Object, T extends @Nullable Object> CompletableFuture<SentInvocation<T>> sendAsync(
            Target target, TypeDescriptor<P> parameter, P argument, TypeDescriptor<T> result, SendOptions options) {
        HeaderRules.require(options.call());
        Serde<T> read = result.serde(serdes);
        return transport
                .send(target, Payload.of(parameter.serde(serdes), argument), options)
                .thenApply(sent -> new SentInvocation<>(invocation(sent.invocationId()), sent.existedBefore(), read));
    }

    @SuppressWarnings("unchecked") // the serde of the value's own class
    private Serde<@Nullable Object> serdeOf(@Nullable Object value) {
        return (Serde<@Nullable Object>) (value == null ? Serde.none() : serdes.createWriter(value.getClass()));
    }

    // -- invocations

    /**
     * An invocation, by its id, such as {@link SentInvocation#id} returned it in another process. The engine is not
     * called here.
     */
    public ClientInvocation invocation(String invocationId) {
        return new ClientInvocation(transport, serdes, invocationId);
    }

    /** The run of a workflow, by the workflow's name and key. The engine is not called here. */
    public ClientInvocation workflowRun(String workflow, String key) {
        return workflowRun(workflow, key, CallOptions.NONE);
    }

    /**
     * The run of a workflow that was submitted with options. The engine is not called here.
     *
     * @param workflow the workflow's name
     * @param key the workflow's key
     * @param options the options of the submission; a key has one run in each scope, so only the scope matters
     */
    public ClientInvocation workflowRun(String workflow, String key, CallOptions options) {
        return invocation(new InvocationReference.ByWorkflow(
                WellFormed.require("name of a workflow", workflow),
                WellFormed.require("key of " + workflow, key),
                options.scope()));
    }

    /** The invocation of a handler with an idempotency key. The engine is not called here. */
    public ClientInvocation idempotentInvocation(Target target, String idempotencyKey) {
        return idempotentInvocation(target, CallOptions.idempotencyKey(idempotencyKey));
    }

    /**
     * The invocation of a handler with an idempotency key and further options. The engine is not called here.
     *
     * @param target the handler; for the run of a workflow, which needs no idempotency key, use {@link #workflowRun}
     * @param options the options of the invocation: only its idempotency key, which is required, and its scope matter
     * @throws IllegalArgumentException when the options have no idempotency key
     */
    public ClientInvocation idempotentInvocation(Target target, CallOptions options) {
        String idempotencyKey = options.idempotencyKey();
        if (idempotencyKey == null) {
            throw new IllegalArgumentException(
                    "Expected options with the idempotency key that " + target
                            + " was invoked with, found none. Give it by withIdempotencyKey, or find the invocation by its id.");
        }
        return invocation(new InvocationReference.ByIdempotencyKey(
                target.service(), target.key(), target.handler(), idempotencyKey, options.scope()));
    }

    private ClientInvocation invocation(InvocationReference reference) {
        return invocation(InvocationId.of(reference).toString());
    }

    // -- awakeables

    /** Completes an awakeable with a value serialized as the class it has. The first completion counts. */
    public void resolveAwakeable(String awakeableId, Object value) {
        Futures.await(resolveAwakeableAsync(awakeableId, serdeOf(value), value));
    }

    /** Completes an awakeable. The first completion counts. */
    public <T extends @Nullable Object> CompletableFuture<@Nullable Void> resolveAwakeableAsync(
            String awakeableId, TypeDescriptor<T> type, T value) {
        return transport.resolveAwakeable(
                WellFormed.require("id of an awakeable", awakeableId), Payload.of(type.serde(serdes), value));
    }

    /** Completes an awakeable with a failure of code 500. The first completion counts. */
    public void rejectAwakeable(String awakeableId, String reason) {
        Futures.await(rejectAwakeableAsync(awakeableId, reason));
    }

    /** As {@link #rejectAwakeable}. */
    public CompletableFuture<@Nullable Void> rejectAwakeableAsync(String awakeableId, String reason) {
        return transport.rejectAwakeable(
                WellFormed.require("id of an awakeable", awakeableId), WellFormed.require("reason", reason));
    }
}
