package dev.reprise.embedded;

import dev.reprise.engine.Engine;
import dev.reprise.engine.Engine.Calling;
import dev.reprise.engine.call.Call;
import dev.reprise.engine.call.Refusal;
import dev.reprise.engine.call.UnresolvedCallException;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.time.Millis;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientException.Reason;
import dev.reprise.sdk.client.ClientTransport;
import dev.reprise.sdk.client.InvocationCommand;
import dev.reprise.sdk.client.Payload;
import dev.reprise.sdk.client.StallPolicy;
import dev.reprise.sdk.client.StallWatch;
import dev.reprise.sdk.client.Submission;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reaches an engine in this JVM. Any thread. */
final class EngineTransport implements ClientTransport {
    private final Engine engine;
    private final InstantSource clock;
    private final StallWatch watch;
    private final StallPolicy policy;

    EngineTransport(Engine engine, InstantSource clock, StallWatch watch, StallPolicy policy) {
        this.engine = engine;
        this.clock = clock;
        this.watch = watch;
        this.policy = policy;
    }

    @Override
    public ClientTransport with(StallPolicy other) {
        return new EngineTransport(engine, clock, watch, other);
    }

    @Override
    public CompletableFuture<Bytes> call(Target target, Payload parameter, CallOptions options) {
        return wait(() -> engine.calling(spec(target, options, parameter, 0)), target);
    }

    @Override
    public CompletableFuture<Submission> send(Target target, Payload parameter, SendOptions options) {
        long at = options.delay().isZero() ? 0 : Millis.after(clock.millis(), options.delay());
        return ask(() -> engine.send(spec(target, options.call(), parameter, at)), EngineTransport::accepted);
    }

    @Override
    public CompletableFuture<Bytes> attach(String invocationId) {
        return wait(
                () -> new Calling(
                        InvocationId.parse(invocationId), engine.attach(new InvocationReference.ById(invocationId))),
                null);
    }

    /** Asks for a result that may take long. */
    private CompletableFuture<Bytes> wait(Supplier<Calling> request, @Nullable Target target) {
        AtomicReference<@Nullable Calling> asked = new AtomicReference<>();
        CompletableFuture<Bytes> result = ask(
                () -> {
                    Calling calling = request.get();
                    asked.set(calling);
                    return calling.response();
                },
                EngineTransport::value);
        Calling calling = asked.get();
        if (calling != null && !result.isDone()) {
            watch.watch(target, calling.invocationId(), policy, result);
            var _ = result.whenComplete((_, _) -> calling.response().cancel(false));
        }
        return result;
    }

    @Override
    public CompletableFuture<Optional<Bytes>> output(String invocationId) {
        return ask(
                () -> engine.output(new InvocationReference.ById(invocationId)),
                response -> response instanceof Response.NotReady ? Optional.empty() : Optional.of(value(response)));
    }

    @Override
    public CompletableFuture<@Nullable Void> resolveAwakeable(String awakeableId, Payload value) {
        return completeAwakeable(awakeableId, new Result.Value(value.bytes()));
    }

    @Override
    public CompletableFuture<@Nullable Void> rejectAwakeable(String awakeableId, String reason) {
        return completeAwakeable(awakeableId, failed(reason));
    }

    /** As at an ingress, nobody needs to wait for it any more. */
    private CompletableFuture<@Nullable Void> completeAwakeable(String awakeableId, Result result) {
        return ask(
                () -> engine.completeAwakeable(AwakeableId.parse(awakeableId), result),
                response -> response instanceof Response.NotFound ? null : done(response));
    }

    @Override
    public CompletableFuture<@Nullable Void> signal(String invocationId, String name, Payload value) {
        return signal(invocationId, name, new Result.Value(value.bytes()));
    }

    @Override
    public CompletableFuture<@Nullable Void> rejectSignal(String invocationId, String name, String reason) {
        return signal(invocationId, name, failed(reason));
    }

    private CompletableFuture<@Nullable Void> signal(String invocationId, String name, Result result) {
        NotificationId signal = new NotificationId.SignalName(name);
        return ask(() -> engine.signal(InvocationId.parse(invocationId), signal, result), response -> done(response));
    }

    @Override
    public CompletableFuture<@Nullable Void> command(String invocationId, InvocationCommand command) {
        return ask(() -> command(InvocationId.parse(invocationId), command), response -> done(response));
    }

    private CompletableFuture<Response> command(InvocationId id, InvocationCommand command) {
        return switch (command) {
            case CANCEL -> engine.cancel(id);
            case KILL -> engine.kill(id);
            case PURGE -> engine.purge(id);
            case PAUSE -> engine.pause(id);
            case RESUME -> engine.resume(id, null);
        };
    }

    private static Call spec(Target target, CallOptions options, Payload parameter, long executionTimeMillis) {
        return new Call(
                target.service(),
                target.key(),
                target.handler(),
                parameter.bytes(),
                options.headers(),
                options.idempotencyKey(),
                options.scope(),
                options.limitKey(),
                executionTimeMillis,
                null);
    }

    private static Result failed(String reason) {
        return new Result.Failed(new Failure(500, reason));
    }

    /** The engine's answer, or why there is none; the future fails with a {@link ClientException} only. */
    private static <T extends @Nullable Object> CompletableFuture<T> ask(
            Supplier<CompletableFuture<Response>> request, Function<Response, T> read) {
        CompletableFuture<Response> answer;
        try {
            answer = request.get();
        } catch (UnresolvedCallException | ProtocolException e) {
            return CompletableFuture.failedFuture(refused(Refusal.of(e), null));
        }
        return answer.handle((response, failure) -> {
            if (failure != null) {
                Throwable cause =
                        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
                throw refused(Refusal.of(cause), cause);
            }
            return read.apply(response);
        });
    }

    private static Bytes value(Response response) {
        if (response instanceof Response.Completed completed) {
            return completed.value();
        }
        throw failure(response);
    }

    private static Submission accepted(Response response) {
        if (response instanceof Response.Accepted accepted) {
            return new Submission(accepted.invocationId().toString(), accepted.existedBefore());
        }
        throw failure(response);
    }

    private static @Nullable Void done(Response response) {
        if (response instanceof Response.Done) {
            return null;
        }
        throw failure(response);
    }

    private static RuntimeException failure(Response response) {
        return response instanceof Response.Failed failed
                ? invocationFailed(failed)
                : refused(Refusal.of(response), null);
    }

    private static ClientException invocationFailed(Response.Failed failed) {
        Failure failure = failed.failure();
        Map<String, String> metadata = new LinkedHashMap<>();
        failure.metadata().forEach(pair -> metadata.put(pair.key(), pair.value()));
        return new ClientException(
                Reason.INVOCATION_FAILED,
                failure.code(),
                failure.message(),
                metadata,
                text(failed.invocationId()),
                null);
    }

    private static ClientException refused(Refusal refusal, @Nullable Throwable cause) {
        Reason reason = refusal.reason() == Refusal.Reason.UNAVAILABLE ? Reason.UNAVAILABLE : Reason.REFUSED;
        return new ClientException(
                reason, refusal.code(), refusal.message(), Map.of(), text(refusal.invocation()), cause);
    }

    private static @Nullable String text(@Nullable InvocationId id) {
        return id == null ? null : id.toString();
    }
}
