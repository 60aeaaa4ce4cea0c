package dev.reprise.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.protocol.ErrorPage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers an endpoint with a server's admin address. */
final class EndpointRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointRegistration.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DISCOVERY_FAILED = "META0003";
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final Duration ONE_TRY = Duration.ofSeconds(30);

    private final URI admin;
    private final Duration patience;

    /**
     * {@code patience} is how long the server may take until it is there.
     *
     * @throws IllegalArgumentException when {@code admin} is no address
     */
    EndpointRegistration(URI admin, Duration patience) {
        this.admin = requireAddress("the server's admin API, such as http://localhost:9070", admin);
        this.patience = patience;
    }

    private static URI requireAddress(String of, URI address) {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException("Expected the address of " + of + ", found " + shown(address)
                    + ". Begin it with http:// or https://.");
        }
        return address;
    }

    /** An address without the user and the password that it may name. */
    private static String shown(URI address) {
        String user = address.getRawUserInfo();
        return user == null ? address.toString() : address.toString().replace(user + "@", "***@");
    }

    String register(URI self) {
        requireAddress("this endpoint, such as http://localhost:9080", self);
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
        boolean told = false;
        while (true) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 503 || System.nanoTime() - deadline > 0) {
                    return answer;
                }
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new RegistrationException(
                            "Expected the admin API of a server at " + shown(admin) + ", found nobody within "
                                    + patience.toSeconds() + " s: " + e + ". Start the server, or correct the address.",
                            e);
                }
                if (!told) {
                    LOG.info("Waiting for the admin API of a server at {}: {}", shown(admin), e.toString());
                    told = true;
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
        return new RegistrationException("interrupted while registering at " + shown(admin), e);
    }

    private String deploymentId(HttpResponse<String> answer, URI self) {
        JsonNode body = json(answer.body());
        if (answer.statusCode() / 100 == 2 && body.path("id").isTextual()) {
            return body.path("id").asText();
        }
        throw new RegistrationException(
                "The server at " + shown(admin) + " did not register " + shown(self) + " (status " + answer.statusCode()
                        + "): " + body.path("message").asText(answer.body()) + " " + advice(body));
    }

    /** Only the admin API's errors have a code of Restate's, if a null one. */
    private static String advice(JsonNode error) {
        JsonNode code = error.path("restate_code");
        if (code.isMissingNode()) {
            return "That is not the admin API: it listens on port 9070 if nothing else was configured. Correct the address.";
        }
        String advice = code.asText().equals(DISCOVERY_FAILED)
                ? "The server must reach this endpoint at that address; see its log."
                : "See the server's log.";
        return code.isTextual() ? advice + " " + ErrorPage.of(code.asText()) : advice;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
