package dev.reprise.server.http;

import dev.reprise.engine.memory.MemoryLease;
import dev.reprise.engine.memory.MemoryPool;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests of HTTP/2 whose headers are too large. Jetty's own limit ends the connection, with every other
 * request on it, so that limit is set far higher. Large headers of waiting requests draw from a pool, because one
 * connection may have a thousand such requests.
 *
 * <p>The endpoint has one of its own; see the package on why there are two.
 */
final class HeaderLimit extends Handler.Wrapper {
    /** The assumed cost of each header besides its text: RFC 9113, section 6.5.2. */
    private static final int OVERHEAD = 32;

    private static final int HARD_LIMIT_MIN = 1 << 20;
    /** Smaller headers are not counted: most are smaller, and a connection takes as much for itself. */
    private static final int COUNTED_MIN = 4 << 10;

    private static final String NO_MEMORY =
            "{\"code\":503,\"message\":\"the memory for headers is taken by requests that wait; try again later\"}";

    private final int bytesMax;
    private final MemoryPool pool;

    HeaderLimit(int bytesMax, MemoryPool pool, Handler handler) {
        super(handler);
        this.bytesMax = bytesMax;
        this.pool = pool;
    }

    /** Called when a connection ends. */
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
            long bytes = bytes(request);
            if (bytes > bytesMax) {
                Response.writeError(request, response, callback, 431);
                return true;
            }
            if (bytes >= COUNTED_MIN) {
                return handleCounted(bytes, request, response, callback);
            }
        }
        return super.handle(request, response, callback);
    }

    private boolean handleCounted(long bytes, Request request, Response response, Callback callback) throws Exception {
        Optional<MemoryLease> lease = pool.tryReserve(bytes);
        if (lease.isEmpty()) {
            response.setStatus(503);
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, StandardCharsets.UTF_8.encode(NO_MEMORY), callback);
            return true;
        }
        MemoryLease held = lease.get();
        boolean handled = false;
        try {
            handled = super.handle(request, response, Callback.from(callback, held::close));
        } finally {
            if (!handled) {
                held.close();
            }
        }
        return handled;
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
