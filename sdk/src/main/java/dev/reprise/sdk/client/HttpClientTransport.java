package dev.reprise.sdk.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.time.Millis;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reaches an engine through a server's ingress and, for commands to invocations, its admin API. Any thread. */
final class HttpClientTransport implements ClientTransport {
    private static final Optional<String> TEXT = Optional.of("text/plain");

    private final URI ingress;
    private final @Nullable URI admin;
    private final HttpRequests requests;
    private final HttpExchanges exchanges;
    private final @Nullable StallWatch watch;
    private final StallPolicy policy;

    HttpClientTransport(
            URI ingress,
            @Nullable URI admin,
            HttpRequests requests,
            HttpExchanges exchanges,
            @Nullable StallWatch watch,
            StallPolicy policy) {
        this.ingress = ingress;
        this.admin = admin;
        this.requests = requests;
        this.exchanges = exchanges;
        this.watch = watch;
        this.policy = policy;
    }

    @Override
    public ClientTransport with(StallPolicy other) {
        return new HttpClientTransport(ingress, admin, requests, exchanges, watch, other);
    }

    @Override
    public CompletableFuture<Bytes> call(Target target, Payload parameter, CallOptions options) {
        CompletableFuture<HttpAnswer> answer = invoke(target, options, parameter, "call", "");
        String key = options.idempotencyKey();
        return watched(
                answer,
                target,
                () -> key == null
                        ? null
                        : InvocationId.of(new InvocationReference.ByIdempotencyKey(
                                target.service(), target.key(), target.handler(), key, options.scope())));
    }

    @Override
    public CompletableFuture<Submission> send(Target target, Payload parameter, SendOptions options) {
        String query = options.delay().isZero() ? "" : "?delay=" + Millis.of(options.delay()) + "ms";
        return invoke(target, options.call(), parameter, "send", query).thenApply(answer -> {
            JsonNode body = answer.json();
            return new Submission(
                    body.path("invocationId").asText(),
                    body.path("status").asText().equals("PreviouslyAccepted"));
        });
    }

    private CompletableFuture<HttpAnswer> invoke(
            Target target, CallOptions options, Payload parameter, String verb, String query) {
        List<Header> headers = new ArrayList<>(options.headers());
        String idempotencyKey = options.idempotencyKey();
        if (idempotencyKey != null) {
            headers.add(new Header("idempotency-key", idempotencyKey));
        }
        String limitKey = options.limitKey();
        if (limitKey != null) {
            headers.add(new Header("x-restate-limit-key", limitKey));
        }
        URI uri = HttpRequests.uri(ingress, path(target, options.scope(), verb), query);
        return exchanges.send(requests.post(uri, parameter, headers), idempotencyKey != null);
    }

    /** The oldest form that expresses everything, so that older servers understand it. */
    private static List<String> path(Target target, @Nullable String scope, String verb) {
        List<String> path = new ArrayList<>();
        if (scope != null) {
            path.addAll(List.of("restate", "scope", scope, verb));
        }
        path.add(target.service());
        String key = target.key();
        if (key != null) {
            path.add(key);
        }
        path.add(target.handler());
        if (scope == null && verb.equals("send")) {
            path.add("send");
        }
        return path;
    }

    @Override
    public CompletableFuture<Bytes> attach(String invocationId) {
        return watched(get("restate", "invocation", invocationId, "attach"), null, () -> invocationId);
    }

    /** The result to wait for, which may take long. */
    private CompletableFuture<Bytes> watched(
            CompletableFuture<HttpAnswer> answer, @Nullable Target target, Supplier<@Nullable Object> invocationId) {
        CompletableFuture<Bytes> result = answer.thenApply(HttpAnswer::orThrow);
        if (watch != null && !result.isDone()) {
            watch.watch(target, invocationId.get(), policy, result);
        }
        return result;
    }

    @Override
    public CompletableFuture<Optional<Bytes>> output(String invocationId) {
        return get("restate", "invocation", invocationId, "output")
                .thenApply(answer ->
                        answer.status() == ErrorCode.NOT_READY ? Optional.empty() : Optional.of(answer.orThrow()));
    }

    @Override
    public CompletableFuture<@Nullable Void> resolveAwakeable(String awakeableId, Payload value) {
        return post(value, true, "restate", "awakeables", awakeableId, "resolve");
    }

    @Override
    public CompletableFuture<@Nullable Void> rejectAwakeable(String awakeableId, String reason) {
        return post(text(reason), true, "restate", "awakeables", awakeableId, "reject");
    }

    @Override
    public CompletableFuture<@Nullable Void> signal(String invocationId, String name, Payload value) {
        return post(value, false, "restate", "signals", invocationId, name, "resolve");
    }

    @Override
    public CompletableFuture<@Nullable Void> rejectSignal(String invocationId, String name, String reason) {
        return post(text(reason), false, "restate", "signals", invocationId, name, "reject");
    }

    @Override
    public CompletableFuture<@Nullable Void> command(String invocationId, InvocationCommand command) {
        if (admin == null) {
            throw new IllegalStateException("Expected the address of the server's admin API, to " + command
                    + " an invocation, found none. Give it when the client is made: Client.http(…).admin(…).");
        }
        String verb = command.name().toLowerCase(Locale.ROOT);
        URI uri = HttpRequests.uri(admin, List.of("invocations", invocationId, verb), "");
        boolean repeatable = command != InvocationCommand.CANCEL; // each cancellation interrupts an await
        return exchanges.send(requests.patch(uri), repeatable).thenApply(HttpClientTransport::done);
    }

    private CompletableFuture<HttpAnswer> get(String... path) {
        return exchanges.send(requests.get(HttpRequests.uri(ingress, List.of(path), "")), true);
    }

    /** The first of several completions of an awakeable counts, so they can be repeated. Every signal counts. */
    private CompletableFuture<@Nullable Void> post(Payload body, boolean repeatable, String... path) {
        return exchanges
                .send(requests.post(HttpRequests.uri(ingress, List.of(path), ""), body), repeatable)
                .thenApply(HttpClientTransport::done);
    }

    private static @Nullable Void done(HttpAnswer answer) {
        answer.orThrow();
        return null;
    }

    private static Payload text(String text) {
        return new Payload(Bytes.utf8(text), TEXT);
    }
}
