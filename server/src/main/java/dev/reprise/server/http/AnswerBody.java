package dev.reprise.server.http;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Writes the body of an answer piece by piece. A client must read a piece within each stall timeout, or it is cut:
 * otherwise a client that reads a byte now and then would keep the whole answer on the heap for days. Besides, the JVM
 * copies whatever is written at once to memory outside the heap.
 */
public final class AnswerBody extends IteratingCallback {
    /** How much must be read in time: as much as must arrive of a request's body. */
    static final int PIECE_BYTES = RequestBodies.PROGRESS_BYTES;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final byte[] body;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile int at;
    private volatile Scheduler.Task watch = () -> false;

    private AnswerBody(Request request, Response response, Callback callback, byte[] body) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.body = body;
    }

    /** Writes the whole body of an answer whose head is complete. The body must not change any more. */
    public static void write(Request request, Response response, Callback callback, byte[] body) {
        if (body.length <= PIECE_BYTES) {
            response.write(true, ByteBuffer.wrap(body), callback);
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        AnswerBody writing = new AnswerBody(request, response, callback, body);
        writing.watch();
        writing.iterate();
    }

    @Override
    public InvocationType getInvocationType() {
        return callback.getInvocationType();
    }

    @Override
    protected Action process() {
        int from = at;
        if (from == body.length) {
            return Action.SUCCEEDED;
        }
        int size = Math.min(PIECE_BYTES, body.length - from);
        at = from + size;
        response.write(from + size == body.length, ByteBuffer.wrap(body, from, size), this);
        return Action.SCHEDULED;
    }

    private void watch() {
        long timeoutMillis =
                request.getConnectionMetaData().getHttpConfiguration().getIdleTimeout();
        if (timeoutMillis > 0 && !ended.get()) {
            int before = at;
            watch = request.getComponents()
                    .getScheduler()
                    .schedule(() -> cutIfStill(before, timeoutMillis), timeoutMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void cutIfStill(int before, long timeoutMillis) {
        if (at != before) {
            watch();
        } else if (ended.compareAndSet(false, true)) {
            callback.failed(new TimeoutException("a client read less than " + PIECE_BYTES + " bytes of its answer in "
                    + timeoutMillis + " ms, after " + before + " of " + body.length));
        }
    }

    @Override
    protected void onCompleteSuccess() {
        if (ended.compareAndSet(false, true)) {
            watch.cancel();
            callback.succeeded();
        }
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            watch.cancel();
            callback.failed(cause);
        }
    }
}
