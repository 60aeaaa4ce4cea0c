package dev.reprise.endpoint;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds the headers of requests. A request of HTTP/2 whose headers are too large is answered 431: Jetty's own limit
 * ends the connection, with every other request on it; so that one is set far beyond. The headers of all requests under
 * way are bounded together, since each keeps its own in memory until it has ended: a request beyond that is answered
 * 503, and the engine sends it again later.
 *
 * <p>The server has one of its own, for the one release of Jetty that it ships and with its memory pools. What both
 * could share would be one more library on users' class paths.
 */
final class HeaderLimit extends Handler.Wrapper {
    /** What each header is reckoned to cost beside its text: RFC 9113, section 6.5.2. */
    private static final int OVERHEAD = 32;

    private static final int HARD_LIMIT_MIN = 1 << 20;

    private final int bytesMax;
    private final long inTotalMax;
    private final AtomicLong inTotal = new AtomicLong();

    /**
     * A limit.
     *
     * @param bytesMax for the headers of one request
     * @param inTotalMax for those of all requests under way
     */
    HeaderLimit(int bytesMax, long inTotalMax, Handler handler) {
        super(handler);
        this.bytesMax = bytesMax;
        this.inTotalMax = inTotalMax;
    }

    /** Where a connection ends. */
    static int hard(int bytesMax) {
        return Math.max(HARD_LIMIT_MIN, 2 * bytesMax);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long bytes = bytes(request);
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            if (request.getHttpURI().getPathQuery().length() > bytesMax) {
                Response.writeError(request, response, callback, 414);
                return true;
            }
            String length = request.getHeaders().get(HttpHeader.CONTENT_LENGTH);
            if (length != null && length.startsWith("-")) {
                Response.writeError(request, response, callback, 400);
                return true;
            }
            if (bytes > bytesMax) {
                Response.writeError(request, response, callback, 431);
                return true;
            }
        }
        if (inTotal.addAndGet(bytes) > inTotalMax) {
            inTotal.addAndGet(-bytes);
            Response.writeError(request, response, callback, 503);
            return true;
        }
        Request.addCompletionListener(request, failure -> inTotal.addAndGet(-bytes));
        return super.handle(request, response, callback);
    }

    private static long bytes(Request request) {
        long bytes = 0;
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            bytes += field.getName().length() + (value == null ? 0 : value.length()) + OVERHEAD;
        }
        return bytes;
    }
}
