package dev.reprise.sdk.client;

import dev.reprise.protocol.time.Jitter;
import dev.reprise.protocol.time.Millis;
import dev.reprise.sdk.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends requests, repeatedly where that is safe. */
final class HttpExchanges {
    private final HttpClient http;
    private final RetryPolicy retries;

    private final RandomGenerator chance;

    /** Exchanges; {@code chance} spreads the delays before requests are repeated, and must be safe for any thread. */
    HttpExchanges(HttpClient http, RetryPolicy retries, RandomGenerator chance) {
        this.http = http;
        this.retries = retries;
        this.chance = chance;
    }

    /**
     * Sends a request; completes with the answer, whatever its status.
     *
     * @param repeatable whether it has the same effect when it arrives twice
     */
    CompletableFuture<HttpAnswer> send(HttpRequest request, boolean repeatable) {
        return attempt(request, repeatable, 1, System.nanoTime());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // thenCompose unwraps the nested future
    private CompletableFuture<HttpAnswer> attempt(HttpRequest request, boolean repeatable, int number, long since) {
        return http.sendAsync(request, BodyHandlers.ofByteArray())
                .<CompletableFuture<HttpAnswer>>handle((response, failure) -> {
                    boolean retriable = failure == null
                            ? repeatable && HttpAnswer.of(response).isTemporary()
                            : neverArrived(cause(failure)) || (repeatable && brokeOff(cause(failure)));
                    Optional<Duration> delay = retriable
                            ? retries.nextDelay(number, Duration.ofNanos(System.nanoTime() - since))
                            : Optional.empty();
                    return delay.map(wait ->
                                    later(wait).thenCompose(ignored -> attempt(request, repeatable, number + 1, since)))
                            .orElseGet(() -> outcome(request, response, failure));
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Duration> later(Duration wait) {
        long millis = Jitter.spread(Millis.of(wait), chance.nextDouble());
        return CompletableFuture.supplyAsync(
                () -> wait, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    private static CompletableFuture<HttpAnswer> outcome(
            HttpRequest request, HttpResponse<byte[]> response, @Nullable Throwable failure) {
        return failure == null
                ? CompletableFuture.completedFuture(HttpAnswer.of(response))
                : CompletableFuture.failedFuture(unavailable(request, cause(failure)));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    }

    private static boolean neverArrived(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
    }

    private static boolean brokeOff(Throwable failure) {
        return failure instanceof IOException && !(failure instanceof HttpTimeoutException);
    }

    private static ClientException unavailable(HttpRequest request, Throwable failure) {
        String address = request.uri().getScheme() + "://" + request.uri().getAuthority();
        String what = request.method() + ' ' + request.uri().getPath();
        if (neverArrived(failure)) {
            return ClientException.unavailable(
                    "Expected a server at " + address + ", found nobody (" + failure + ") for " + what
                            + ". Start it, or correct the address.",
                    failure);
        }
        return ClientException.unavailable(
                "Expected an answer of " + address + " to " + what + ", found that the connection broke (" + failure
                        + "). It is not known whether the request has arrived; with an idempotency key it would have"
                        + " been repeated.",
                failure);
    }
}
