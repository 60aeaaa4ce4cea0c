package dev.reprise.sdk.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** How the blocking methods wait for the asynchronous ones. */
final class Futures {
    private Futures() {}

    /**
     * What the future completes with.
     *
     * @throws ClientException when it fails with one, or the thread is interrupted; then nobody waits any more, and what
     *     was asked of the engine may happen all the same
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
