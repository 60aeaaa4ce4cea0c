package dev.reprise.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Single requests to servers and services, HTTP/1.1. Any thread. */
final class Http {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /** What was answered. */
    record Reply(int status, String body) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    static Reply get(URI uri) throws IOException, InterruptedException {
        return send(request(uri).GET().build());
    }

    static Reply post(URI uri, String json) throws IOException, InterruptedException {
        return send(request(uri)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    }

    private static Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body());
    }
}
