package dev.reprise.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Registers an endpoint with a server's admin address. */
final class Registration {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final Duration ONE_TRY = Duration.ofSeconds(30);

    private final URI admin;
    private final Duration patience;

    /** {@code patience} is how long the server may take until it is there. */
    Registration(URI admin, Duration patience) {
        this.admin = admin;
        this.patience = patience;
    }

    String register(URI self) {
        String body = JSON.createObjectNode().put("uri", self.toString()).toString();
        HttpRequest request = HttpRequest.newBuilder(admin.resolve("/deployments"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("content-type", "application/json")
                .timeout(ONE_TRY)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return deploymentId(send(client, request), self);
        }
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest request) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 503 || System.nanoTime() - deadline > 0) {
                    return answer;
                }
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new RegistrationException(
                            "Expected the admin API of a server at " + admin + ", found nobody within "
                                    + patience.toSeconds() + " s: " + e + ". Start the server, or correct the address.",
                            e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private RegistrationException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistrationException("interrupted while registering at " + admin, e);
    }

    private String deploymentId(HttpResponse<String> answer, URI self) {
        JsonNode body = json(answer.body());
        if (answer.statusCode() / 100 == 2 && body.path("id").isTextual()) {
            return body.path("id").asText();
        }
        throw new RegistrationException("The server at " + admin + " did not register " + self + " (status "
                + answer.statusCode() + "): " + body.path("message").asText(answer.body())
                + " The server must reach this endpoint at that address; see its log.");
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
