package dev.reprise.endpoint;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests of HTTP/2 whose headers are too large. Jetty's own limit ends the connection, with every other
 * request on it; so that one is set far beyond.
 *
 * <p>The server has one of its own, for the one release of Jetty that it ships and with its memory pools. What both
 * could share would be one more library on users' class paths.
 */
final class HeaderLimit extends Handler.Wrapper {
    /** What each header is reckoned to cost beside its text: RFC 9113, section 6.5.2. */
    private static final int OVERHEAD = 32;

    private static final int HARD_LIMIT_MIN = 1 << 20;

    private final int bytesMax;

    HeaderLimit(int bytesMax, Handler handler) {
        super(handler);
        this.bytesMax = bytesMax;
    }

    /** Where a connection ends. */
    static int hard(int bytesMax) {
        return Math.max(HARD_LIMIT_MIN, 2 * bytesMax);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
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
            if (bytes(request) > bytesMax) {
                Response.writeError(request, response, callback, 431);
                return true;
            }
        }
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
