package dev.reprise.server.admin;

import dev.reprise.engine.EngineException;
import dev.reprise.engine.log.LogException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the engine, but not for ever. */
final class EngineAnswers {
    private static final long WAIT_SECONDS = 60;

    private EngineAnswers() {}

    /**
     * Waits for what the engine answers.
     *
     * @throws EngineException when it cannot, or not in time
     */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof EngineException || cause instanceof LogException) {
                throw (RuntimeException) cause;
            }
            throw new IllegalStateException("the engine failed: " + cause, e);
        } catch (TimeoutException e) {
            throw unavailable("it did not answer within " + WAIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the server is stopping", e);
        }
    }

    private static EngineException unavailable(String reason, Exception cause) {
        return new EngineException(EngineException.UNAVAILABLE, reason, cause);
    }
}
