package dev.reprise.server.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * Reads and drops what a handler has left unread of a body, once the answer is written. By itself, Jetty would close
 * the connection (HTTP/1.1) or cancel the stream (HTTP/2): a client that is still sending would lose the answer, and
 * the next request on its connection.
 */
final class RestOfBody extends Handler.Wrapper {
    /** A client that sends more than this after its answer is cut off: twice what a body may have by default. */
    static final long BYTES_MAX = 64L << 20;

    private static final String GIVEN_UP = RestOfBody.class.getName();

    RestOfBody(Handler handler) {
        super(handler);
    }

    /**
     * The request's body is not awaited any more: its connection ends with the answer. A stream of HTTP/2 ends later,
     * since many clients drop the answer when they are told to stop sending.
     */
    static void giveUp(Request request) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            request.setAttribute(GIVEN_UP, true);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // A waiting call is not idle.
        request.addIdleTimeoutListener(_ -> false);
        return super.handle(
                request,
                response,
                Callback.from(InvocationType.NON_BLOCKING, () -> drop(request, callback), callback::failed));
    }

    private static void drop(Request request, Callback callback) {
        if (isHeldBack(request) || request.getAttribute(GIVEN_UP) != null) {
            callback.succeeded();
        } else {
            new Rest(request, callback).run();
        }
    }

    /** Whether the client waits for permission to send, which it will not get now. */
    private static boolean isHeldBack(Request request) {
        return request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())
                && Request.getContentBytesRead(request) == 0;
    }

    private static final class Rest implements Invocable.Task {
        private final Request request;
        private final Callback callback;
        private long dropped;

        private Rest(Request request, Callback callback) {
            this.request = request;
            this.callback = callback;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    callback.failed(chunk.getFailure());
                    return;
                }
                boolean isLast = chunk.isLast();
                dropped += chunk.remaining();
                chunk.release();
                if (isLast) {
                    callback.succeeded();
                    return;
                }
                if (dropped > BYTES_MAX) {
                    callback.failed(new IOException("a body went on for " + dropped + " bytes after its answer"));
                    return;
                }
            }
        }
    }
}
