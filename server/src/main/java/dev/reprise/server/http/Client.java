package dev.reprise.server.http;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The client of a request, who may go away while it waits: its connection ends, or its stream is reset. Any thread. */
public final class Client {
    /** Most waits are over before this: only then is a connection watched. */
    private static final long UNWATCHED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private final Request request;

    private Client(Request request) {
        this.request = request;
    }

    /** Who sent a request. */
    public static Client of(Request request) {
        return new Client(request);
    }

    /**
     * Waits for something, as long as the client is there. When it goes, the future is cancelled.
     *
     * @throws ClientGoneException when the client has gone
     * @throws ExecutionException when there is a failure instead
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public <T> T await(CompletableFuture<T> answer) throws ExecutionException, InterruptedException {
        try {
            return await(answer, FOR_EVER);
        } catch (TimeoutException e) {
            throw new IllegalStateException("for ever is over", e);
        }
    }

    /**
     * The same, up to a time.
     *
     * @throws TimeoutException when the time is over
     */
    public <T> T await(CompletableFuture<T> answer, Duration atMost)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        // Who waits for an answer has nothing to send or to read; that is no failure.
        request.addIdleTimeoutListener(_ -> false);
        if (isMultiplexed()) {
            cancelOnReset(answer);
        }
        try {
            return answer.get(Math.min(UNWATCHED_NANOS, atMost.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return awaitWatched(answer, deadlineNanos - System.nanoTime());
        } catch (CancellationException e) {
            throw new ClientGoneException(e);
        }
    }

    /** Jetty tells nobody who comes after the reset. What is left of the body is not wanted any more. */
    private void cancelOnReset(CompletableFuture<?> answer) {
        request.addFailureListener(_ -> answer.cancel(false));
        Content.Chunk rest = request.read();
        if (Content.Chunk.isFailure(rest)) {
            answer.cancel(false);
        } else if (rest != null) {
            rest.release();
        }
    }

    private boolean isMultiplexed() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    private <T> T awaitWatched(CompletableFuture<T> answer, long nanos)
            throws ExecutionException, InterruptedException, TimeoutException {
        ClientSocket socket = ClientSocket.of(request);
        Runnable gone = () -> answer.cancel(false);
        try {
            if (socket != null) {
                socket.watch(gone, !isMultiplexed());
            }
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (CancellationException e) {
            throw new ClientGoneException(e);
        } finally {
            if (socket != null) {
                socket.unwatch(gone);
            }
        }
    }
}
