package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The client with which all tests ask the servers, over HTTP/1.1. */
public final class Http {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /** Sends a request to a server that is there. */
    public static Answer send(String method, URI uri, @Nullable String body, Map<String, String> headers) {
        try {
            return tryToSend(method, uri, body, headers);
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to " + method + " " + uri, e);
        }
    }

    /** As {@link #send}, for a server that may be down. */
    static Answer tryToSend(String method, URI uri, @Nullable String body, Map<String, String> headers)
            throws IOException {
        var request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        headers.forEach(request::header);
        if (body != null && !headers.containsKey("content-type")) {
            request.header("content-type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + method + " " + uri, e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        SortedMap<String, String> headers = new TreeMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return new Answer(response.statusCode(), headers, response.body());
    }
}
