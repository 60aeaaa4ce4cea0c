package dev.reprise.embedded;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineException;
import dev.reprise.engine.invoker.CallResolver.CallSpec;
import dev.reprise.engine.invoker.CallResolver.UnresolvedCallException;
import dev.reprise.engine.partition.Action.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.handler.ServiceKind;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Invokes handlers from outside of handlers. Methods wait for their answer; those that end in {@code Async} give it as a
 * future. A failure of the invocation, and a call that cannot be made, is a {@link TerminalException} with its code. Any
 * thread.
 */
public final class Client {
    private final Engine engine;
    private final SerdeFactory serdes = SerdeFactory.json();

    Client(Engine engine) {
        this.engine = engine;
    }

    /** A client of an annotated service. */
    public <S> TypedClient<S> service(Class<S> type) {
        return new TypedClient<>(this, type, ServiceKind.SERVICE, null);
    }

    /** A client of an annotated virtual object. */
    public <S> TypedClient<S> object(Class<S> type, String key) {
        return new TypedClient<>(this, type, ServiceKind.VIRTUAL_OBJECT, key);
    }

    /** A client of an annotated workflow. */
    public <S> TypedClient<S> workflow(Class<S> type, String key) {
        return new TypedClient<>(this, type, ServiceKind.WORKFLOW, key);
    }

    /** Calls a handler by name; values are written as JSON. */
    public <T> T call(Target target, Object input, Class<T> resultType) {
        Bytes parameter = serdes.create(Object.class).serialize(input);
        return await(callAsync(target, CallOptions.NONE, parameter, serdes.create(resultType)));
    }

    /** Calls a handler by name. */
    public <T extends @Nullable Object> CompletableFuture<T> callAsync(
            Target target, CallOptions options, Bytes parameter, Serde<T> result) {
        return submit(() -> engine.call(spec(target, options, parameter, 0)))
                .thenApply(response -> result.deserialize(value(response)));
    }

    /** Lets a handler be called by name, now or later; answers the invocation's id once that is durable. */
    public CompletableFuture<String> sendAsync(Target target, SendOptions options, Bytes parameter) {
        long at = options.delay().isZero()
                ? 0
                : System.currentTimeMillis() + options.delay().toMillis();
        return submit(() -> engine.send(spec(target, options.call(), parameter, at)))
                .thenApply(response -> switch (response) {
                    case Response.Accepted accepted -> accepted.invocationId().toString();
                    default -> throw failed(response);
                });
    }

    /** Waits for an invocation's result. */
    public <T> T attach(String invocationId, Class<T> resultType) {
        return await(attachAsync(new InvocationReference.ById(invocationId), serdes.create(resultType)));
    }

    /** Waits for an invocation's result. */
    public <T extends @Nullable Object> CompletableFuture<T> attachAsync(
            InvocationReference reference, Serde<T> result) {
        return submit(() -> engine.attach(reference)).thenApply(response -> result.deserialize(value(response)));
    }

    /** An invocation's result, if it has one. */
    public <T> Optional<T> output(String invocationId, Class<T> resultType) {
        Response response = await(submit(() -> engine.output(new InvocationReference.ById(invocationId))));
        return response instanceof Response.NotReady
                ? Optional.empty()
                : Optional.ofNullable(serdes.create(resultType).deserialize(value(response)));
    }

    /** Completes an awakeable; the value is written as JSON. */
    public void resolveAwakeable(String awakeableId, Object value) {
        Result result = new Result.Value(serdes.create(Object.class).serialize(value));
        done(submit(() -> engine.completeAwakeable(AwakeableId.parse(awakeableId), result)));
    }

    /** Completes an awakeable with a failure. */
    public void rejectAwakeable(String awakeableId, String reason) {
        Result result = new Result.Failed(new Failure(500, reason));
        done(submit(() -> engine.completeAwakeable(AwakeableId.parse(awakeableId), result)));
    }

    /** Sends a named signal; the value is written as JSON. */
    public void signal(String invocationId, String name, Object value) {
        Result result = new Result.Value(serdes.create(Object.class).serialize(value));
        done(submit(
                () -> engine.signal(InvocationId.parse(invocationId), new NotificationId.SignalName(name), result)));
    }

    /** Cancels an invocation: its handler gets a {@code CancelledException} where it awaits. */
    public void cancel(String invocationId) {
        done(submit(() -> engine.cancel(InvocationId.parse(invocationId))));
    }

    /** Ends an invocation without asking its handler. */
    public void kill(String invocationId) {
        done(submit(() -> engine.kill(InvocationId.parse(invocationId))));
    }

    /** Forgets a completed invocation. */
    public void purge(String invocationId) {
        done(submit(() -> engine.purge(InvocationId.parse(invocationId))));
    }

    /** Stops an invocation's attempts until it is resumed. */
    public void pause(String invocationId) {
        done(submit(() -> engine.pause(InvocationId.parse(invocationId))));
    }

    /** Lets a paused invocation run, or one that waits to be tried again, at once. */
    public void resume(String invocationId) {
        done(submit(() -> engine.resume(InvocationId.parse(invocationId), null)));
    }

    static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static CallSpec spec(Target target, CallOptions options, Bytes parameter, long executionTimeMillis) {
        return new CallSpec(
                target.service(),
                target.key(),
                target.handler(),
                parameter,
                options.headers(),
                options.idempotencyKey(),
                options.scope(),
                options.limitKey(),
                executionTimeMillis,
                null);
    }

    private static CompletableFuture<Response> submit(Supplier<CompletableFuture<Response>> request) {
        try {
            return request.get();
        } catch (UnresolvedCallException e) {
            throw new TerminalException(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static void done(CompletableFuture<Response> future) {
        Response response = await(future);
        if (!(response instanceof Response.Done)) {
            throw failed(response);
        }
    }

    private static Bytes value(Response response) {
        if (response instanceof Response.Completed completed) {
            return completed.value();
        }
        throw failed(response);
    }

    private static RuntimeException failed(Response response) {
        return switch (response) {
            case Response.Failed failed -> terminal(failed.failure());
            case Response.NotFound notFound ->
                new TerminalException(404, "there is no invocation " + notFound.invocationId());
            case Response.NotReady notReady ->
                new TerminalException(470, "the invocation " + notReady.invocationId() + " has no result yet");
            case Response.Refused refused -> new TerminalException(refused.code(), refused.reason());
            case Response.Accepted _, Response.Completed _, Response.Done _ ->
                new EngineException(500, "the engine gave an answer that was not asked for: " + response);
        };
    }

    private static TerminalException terminal(Failure failure) {
        Map<String, String> metadata = new LinkedHashMap<>();
        failure.metadata().forEach(pair -> metadata.put(pair.key(), pair.value()));
        return new TerminalException(failure.code(), failure.message(), metadata);
    }
}
