package dev.reprise.server.admin;

import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.log.LogException;
import dev.reprise.server.http.RequestClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the engine, but not forever, and not when the client has gone. */
final class EngineAnswers {
    /** The client that this thread works for. */
    static final ScopedValue<RequestClient> CLIENT = ScopedValue.newInstance();

    private static final Duration WAIT = Duration.ofSeconds(60);

    private EngineAnswers() {}

    /**
     * Waits for the engine's answer.
     *
     * @throws EngineException when the engine cannot answer, or not in time
     * @throws dev.reprise.server.http.ClientGoneException when the client has gone
     */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return CLIENT.isBound() ? CLIENT.get().await(answer, WAIT) : answer.get(WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof EngineException || cause instanceof LogException) {
                throw (RuntimeException) cause;
            }
            throw new IllegalStateException("the engine failed: " + cause, e);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw unavailable("it did not answer within " + WAIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the server is stopping", e);
        }
    }

    private static EngineException unavailable(String reason, Exception cause) {
        return new EngineException(EngineException.UNAVAILABLE, reason, cause);
    }
}
