package dev.reprise.endpoint.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The admin port of a server, this project's or the original. It is only read from. One thread. */
final class AdminApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);
    private static final int OK = 200;

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    AdminApi(URI address) {
        this.address = address;
    }

    /** The rows that an SQL query gives. */
    JsonNode query(String sql) throws InterruptedException {
        String body = JSON.createObjectNode().put("query", sql).toString();
        HttpRequest request = request("query")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        JsonNode rows = send(request, "the query " + sql).path("rows");
        if (!rows.isArray()) {
            throw new ReplayException("Expected " + address + " to answer a query with {\"rows\":[…]}, found none."
                    + " Is it the admin port (9070 unless set otherwise)?");
        }
        return rows;
    }

    /** The server's version. */
    String version() throws InterruptedException {
        return send(request("version").GET().build(), "the question for its version")
                .path("version")
                .asText();
    }

    private HttpRequest.Builder request(String path) {
        String base = address.toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/" + path))
                .header("accept", "application/json")
                .timeout(ANSWER_TIMEOUT);
    }

    private JsonNode send(HttpRequest request, String what) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ReplayException(
                    "Expected the admin API of a server at " + address + ", found no answer (" + e
                            + "). Name its admin port with --admin.",
                    e);
        }
        if (response.statusCode() != OK) {
            throw new ReplayException("Expected " + address + " to answer " + what + ", found status "
                    + response.statusCode() + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new ReplayException(
                    "Expected JSON from " + address + ", found something else. Is it the admin port?", e);
        }
    }
}
