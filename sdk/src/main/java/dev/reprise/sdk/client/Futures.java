package dev.reprise.sdk.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets the blocking methods wait for the asynchronous ones. */
final class Futures {
    private Futures() {}

    /** The result of {@code reader} for an answer, or the exception that it throws. */
    static <S, T extends @Nullable Object> CompletableFuture<T> read(
            CompletableFuture<S> answer, Function<? super S, ? extends T> reader) {
        return answer.thenApply(bytes -> {
            try {
                return reader.apply(bytes);
            } catch (Throwable thrown) {
                throw told(thrown);
            }
        });
    }

    /** A future describes a failure by its text; an exception whose text fails would leave the future open forever. */
    private static CompletionException told(Throwable thrown) {
        return new CompletionException("the answer cannot be read", thrown);
    }

    /**
     * Waits for the future's value.
     *
     * @throws ClientException when it fails with one, or the thread is interrupted; then nobody waits any more, and the
     *     engine may still carry out the request
     */
    static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClientException failure) {
                throw failure.atCaller();
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw ClientException.unavailable("interrupted while waiting for the engine's answer", e);
        }
    }
}
