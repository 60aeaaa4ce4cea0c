package dev.reprise.sdk.client;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Client} reaches an engine, with values already serialized. Any thread may use it.
 *
 * <p>Futures fail only with a {@link ClientException}.
 */
public interface ClientTransport {
    /** This transport with another policy for stalled calls; itself if it cannot detect them. */
    default ClientTransport with(StallPolicy policy) {
        return this;
    }

    /** Calls a handler; completes with the bytes of its result. */
    CompletableFuture<Bytes> call(Target target, Payload parameter, CallOptions options);

    /** Sends a message to a handler, for now or later; completes once the engine has stored it. */
    CompletableFuture<Submission> send(Target target, Payload parameter, SendOptions options);

    /** Waits for an invocation's result. */
    CompletableFuture<Bytes> attach(String invocationId);

    /** An invocation's result, if it has one. */
    CompletableFuture<Optional<Bytes>> output(String invocationId);

    /** Completes an awakeable with a value. */
    CompletableFuture<@Nullable Void> resolveAwakeable(String awakeableId, Payload value);

    /** Completes an awakeable with a failure of code 500. */
    CompletableFuture<@Nullable Void> rejectAwakeable(String awakeableId, String reason);

    /** Sends an invocation a named signal. */
    CompletableFuture<@Nullable Void> signal(String invocationId, String name, Payload value);

    /** Sends an invocation a named signal that is a failure of code 500. */
    CompletableFuture<@Nullable Void> rejectSignal(String invocationId, String name, String reason);

    /** Carries out a command on an invocation as a whole. */
    CompletableFuture<@Nullable Void> command(String invocationId, InvocationCommand command);
}
