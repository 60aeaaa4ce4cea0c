package dev.reprise.server.ui;

import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.http.RequestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /internal/events} with a stream of server-sent events, as long as the client is there. It is made
 * for the web page, and changes as that needs it. The first event is {@code hello} with the page's version; {@code
 * changes} has the ids of invocations that began or ended, and says whether there are more. {@code ?invocation=}
 * restricts it to one.
 */
final class EventStream {
    static final String PATH = "/internal/events";

    private static final long BEAT_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 250;

    private final Changes changes;
    private final String version;

    EventStream(Changes changes, String version) {
        this.changes = changes;
        this.version = version;
    }

    void answer(Request request, Response response, Callback callback) {
        InvocationId only;
        try {
            only = only(request);
        } catch (ProtocolException e) {
            refuse(response, callback, 400, "invocation: " + e.getMessage());
            return;
        }
        ChangeListener listener = changes.listen(only);
        if (listener == null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "10");
            refuse(response, callback, 503, "Too many listen already, or the server stops: ask again later.");
            return;
        }
        try (RequestClient.Watch _ = RequestClient.of(request).watch(listener::end)) {
            send(listener, response);
            Content.Sink.write(response, true, "", callback);
        } catch (IOException e) {
            callback.failed(e); // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
        } finally {
            changes.leave(listener);
        }
    }

    private static @Nullable InvocationId only(Request request) {
        Fields.Field id = Request.extractQueryParameters(request).get("invocation");
        return id == null ? null : InvocationId.parse(id.getValue());
    }

    private static void refuse(Response response, Callback callback, int status, String message) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        Content.Sink.write(response, true, message, callback);
    }

    private void send(ChangeListener listener, Response response) throws IOException, InterruptedException {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("x-accel-buffering", "no"); // a proxy must not buffer it
        write(response, "event: hello\ndata: {\"page\":\"" + version + "\"}\n\n");
        ChangeListener.News news;
        do {
            news = listener.await(BEAT_MILLIS, PAUSE_MILLIS);
            // An empty comment shows whether the client is still there.
            write(response, news.isEmpty() ? ":\n\n" : event(news));
        } while (!news.ended());
    }

    private static String event(ChangeListener.News news) {
        String ids = news.changed().stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return "event: changes\ndata: {\"changed\":[" + ids + "],\"more\":" + news.more() + "}\n\n";
    }

    private static void write(Response response, String text) throws IOException {
        Content.Sink.write(response, false, StandardCharsets.UTF_8.encode(text));
    }
}
