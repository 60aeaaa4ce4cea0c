package dev.reprise.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. The body is handed over as it comes, on Jetty's threads; the answer is written by the
 * handler's thread, which waits while an earlier write is under way.
 */
final class JettyExchange implements EndpointResponse {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Request request;
    private final Response response;
    private final Callback callback;
    /**
     * Whether the request is over only when all of its body has come, too. If it were over before, Jetty would close
     * the connection of HTTP/1.1, and a client that is still sending lose the answer. In HTTP/2 only the stream ends,
     * and a client that waits for {@code 100 Continue} sends nothing.
     */
    private final boolean outlastsAnswer;

    private final boolean multiplexed;

    private final @Nullable ClientSocket socket;

    @SuppressWarnings("UnnecessaryLambda") // known to the socket by its identity
    private final Runnable gone = () -> breakOff(new EofException("the server has gone"));

    /**
     * One write at a time. A handler's thread waits here, not in a monitor: before Java 24 that would hold its carrier.
     */
    private final Semaphore room = new Semaphore(1);

    private @Nullable RequestBody body;

    /* Guarded by this. */
    private AnswerState answer = AnswerState.IDLE;
    /** All of the request's body has come. */
    private boolean read;

    private @Nullable Throwable broken;

    JettyExchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.socket = ClientSocket.of(request);
        this.multiplexed = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
        this.outlastsAnswer = !multiplexed && !request.getHeaders().contains(HttpHeader.EXPECT);
    }

    /**
     * Call it before anything is answered: it reports a stream that is reset even when nothing is read from it.
     */
    void watchStream() {
        if (multiplexed) {
            request.addFailureListener(this::breakOff);
        }
    }

    void begin(RequestBody requestBody) {
        boolean isOver;
        synchronized (this) {
            body = requestBody;
            isOver = broken != null;
        }
        if (isOver) {
            requestBody.abort();
        } else {
            read();
        }
    }

    private RequestBody body() {
        return Objects.requireNonNull(body);
    }

    /** An exception thrown here would reach nobody. */
    private void read() {
        try {
            readAll();
        } catch (RuntimeException e) {
            breakOff(e);
        }
    }

    private void readAll() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::read));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                breakOff(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            try {
                if (chunk.hasRemaining()) {
                    body().write(chunk.getByteBuffer());
                }
            } finally {
                chunk.release();
            }
            if (last) {
                body().end();
                allRead();
                watch();
                return;
            }
        }
    }

    /**
     * From here on nothing is read, so Jetty does not tell by itself when the server has gone, for whom the handler
     * works.
     */
    private void watch() {
        if (socket != null && !isDone()) {
            socket.watch(gone, !multiplexed);
            if (isDone()) {
                socket.unwatch(gone);
            }
        }
    }

    private void unwatch() {
        if (socket != null) {
            socket.unwatch(gone);
        }
    }

    private synchronized boolean isDone() {
        return answer == AnswerState.DONE || broken != null;
    }

    @Override
    public void head(int status, Map<String, String> headers) {
        response.setStatus(status);
        headers.forEach(response.getHeaders()::put);
    }

    @Override
    public void write(ByteBuffer bytes) {
        room.acquireUninterruptibly();
        synchronized (this) {
            if (broken != null) {
                room.release();
                throw new UncheckedIOException(new IOException("the reader is gone: " + broken, broken));
            }
            answer = answer.write();
        }
        response.write(false, bytes, Callback.from(this::written, this::breakOff));
    }

    private void written() {
        synchronized (this) {
            answer = answer.written();
            room.release();
            if (answer == AnswerState.IDLE) {
                return;
            }
        }
        writeEnd();
    }

    @Override
    public void end() {
        synchronized (this) {
            if (broken != null) {
                return;
            }
            answer = answer.end();
            if (answer == AnswerState.ENDING) {
                return;
            }
        }
        writeEnd();
    }

    private void writeEnd() {
        response.write(true, NOTHING, Callback.from(this::answered, callback::failed));
    }

    private void answered() {
        unwatch();
        synchronized (this) {
            answer = answer.endWritten();
            if (outlastsAnswer && !read) {
                return;
            }
        }
        callback.succeeded();
    }

    private void allRead() {
        synchronized (this) {
            read = true;
            if (!outlastsAnswer || answer != AnswerState.DONE) {
                return;
            }
        }
        callback.succeeded();
    }

    @Override
    public void fail(RuntimeException cause) {
        breakOff(cause);
    }

    private void breakOff(Throwable cause) {
        synchronized (this) {
            if (broken != null) {
                return;
            }
            broken = cause;
            room.release();
        }
        unwatch();
        if (body != null) {
            body.abort();
        }
        callback.failed(cause);
    }
}
