package dev.reprise.server.http;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * The client of a request, which may go away during the wait: its connection ends, or its stream is reset. Any thread.
 */
public final class RequestClient {
    private final Request request;

    private RequestClient(Request request) {
        this.request = request;
    }

    /** The client of a request. */
    public static RequestClient of(Request request) {
        return new RequestClient(request);
    }

    /**
     * Waits for a future as long as the client is there. When the client goes, the future is cancelled.
     *
     * @throws ClientGoneException when the client has gone
     * @throws ExecutionException when the future fails
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public <T> T await(CompletableFuture<T> answer) throws ExecutionException, InterruptedException {
        try {
            return await(answer, OptionalLong.empty());
        } catch (TimeoutException e) {
            throw new IllegalStateException("for ever is over", e);
        }
    }

    /**
     * The same, for a limited time.
     *
     * @throws TimeoutException when the time is up
     */
    public <T> T await(CompletableFuture<T> answer, Duration atMost)
            throws ExecutionException, InterruptedException, TimeoutException {
        return await(answer, OptionalLong.of(System.nanoTime() + atMost.toNanos()));
    }

    private <T> T await(CompletableFuture<T> answer, OptionalLong deadlineNanos)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (answer.isDone()) {
            return get(answer, deadlineNanos);
        }
        // A client that waits for an answer has nothing to send or to read; that is not a failure.
        request.addIdleTimeoutListener(_ -> false);
        Runnable gone = () -> answer.cancel(false);
        if (isMultiplexed()) {
            tellOfReset(gone);
        }
        ClientSocket socket = ClientSocket.of(request);
        if (socket == null) {
            return get(answer, deadlineNanos);
        }
        try (LongWaits.Wait _ = socket.longWaits().begin(socket, gone, !isMultiplexed())) {
            return get(answer, deadlineNanos);
        }
    }

    private static <T> T get(CompletableFuture<T> answer, OptionalLong deadlineNanos)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return deadlineNanos.isEmpty()
                    ? answer.get()
                    : answer.get(deadlineNanos.getAsLong() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (CancellationException e) {
            throw new ClientGoneException(e);
        }
    }

    /** Jetty notifies nobody who registers after the reset. The rest of the body is not wanted any more. */
    private void tellOfReset(Runnable gone) {
        request.addFailureListener(_ -> gone.run());
        Content.Chunk rest = request.read();
        if (Content.Chunk.isFailure(rest)) {
            gone.run();
        } else if (rest != null) {
            rest.release();
        }
    }

    private boolean isMultiplexed() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /** A watch for the client's departure, until it is closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Watches the client of a request whose body has been read, while its answer is worked on and written.
     *
     * @param gone called when the client has gone; on any thread, sometimes more than once
     */
    public Watch watch(Runnable gone) {
        if (isMultiplexed()) {
            tellOfReset(gone);
        } else {
            request.addFailureListener(_ -> gone.run());
        }
        return watchSocket(gone);
    }

    private Watch watchSocket(Runnable gone) {
        ClientSocket socket = ClientSocket.of(request);
        if (socket == null) {
            return () -> {};
        }
        socket.watch(gone, !isMultiplexed());
        return () -> socket.unwatch(gone);
    }
}
