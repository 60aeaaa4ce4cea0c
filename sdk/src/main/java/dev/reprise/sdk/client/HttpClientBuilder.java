package dev.reprise.sdk.client;

import dev.reprise.protocol.Header;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.serde.SerdeFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Client} reaches a server over HTTP: this project's, the original, or its cloud.
 *
 * {@snippet :
 * Client client = Client.http(URI.create("https://example.com:8080"))
 *         .header("authorization", "Bearer " + token)
 *         .connect();
 * }
 *
 * <p>Used by one thread.
 */
public final class HttpClientBuilder {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STALL_PATIENCE = Duration.ofSeconds(5);
    private static final Duration STALL_INTERVAL_MAX = Duration.ofMinutes(1);

    private final URI ingress;
    private final List<Header> headers = new ArrayList<>();
    private @Nullable URI admin;
    private @Nullable Duration timeout;
    private @Nullable HttpClient http;
    private StallPolicy stalls = StallPolicy.WAIT;
    private SerdeFactory serdes = SerdeFactory.json();
    private RetryPolicy retries = RetryPolicy.exponential(Duration.ofMillis(100))
            .withMaxDelay(Duration.ofSeconds(2))
            .withMaxAttempts(6);

    HttpClientBuilder(URI ingress) {
        this.ingress = checked(ingress);
    }

    /**
     * Where the admin API is, such as {@code http://localhost:9070}. Needed to cancel, kill, purge, pause and resume
     * invocations, for which the ingress has no requests; and to find out that a call waits for an invocation which is
     * paused or fails again and again, see {@link #stalls}.
     */
    public HttpClientBuilder admin(URI uri) {
        admin = checked(uri);
        return this;
    }

    /**
     * Sends a header with every request, such as one that authorizes it. Handlers see it too.
     *
     * @throws IllegalArgumentException when HTTP cannot carry it as it is
     */
    public HttpClientBuilder header(String name, String value) {
        headers.add(HeaderRules.require(new Header(name, value)));
        return this;
    }

    /**
     * How requests are repeated that can safely be: those that never reached the server, and those that have the same
     * effect when they arrive twice, which are all but calls and sends without an idempotency key. Without this, for
     * some three seconds. {@link RetryPolicy#none} for never. Up to three tenths are added to each delay by chance.
     */
    public HttpClientBuilder retries(RetryPolicy policy) {
        retries = policy;
        return this;
    }

    /** How long an answer may take; positive. Without this, as long as it takes, for a handler may sleep for days. */
    public HttpClientBuilder timeout(Duration answer) {
        timeout = answer;
        return this;
    }

    /**
     * What becomes of calls that wait for an invocation which is paused or fails again and again; without this they
     * wait on, and a warning is logged. An ingress does not say so: the client asks the {@linkplain #admin admin API}
     * when a call has waited for five seconds, and at intervals that grow to a minute. Without that address nobody is
     * told.
     *
     * <p>An ingress names the invocation only in its answer. So of a call without an idempotency key the client knows
     * that an invocation of this handler does not get on, but not that it is its own: it is told, and does not fail.
     * Attaches, and calls with an idempotency key, do.
     */
    public HttpClientBuilder stalls(StallPolicy policy) {
        stalls = policy;
        return this;
    }

    /** How values without a serde of their own are written; without this, as JSON. */
    public HttpClientBuilder serdes(SerdeFactory factory) {
        serdes = factory;
        return this;
    }

    /** Sends requests by this client of the JDK: its TLS context, proxy, executor and so on. */
    public HttpClientBuilder httpClient(HttpClient client) {
        http = client;
        return this;
    }

    /** The client. Connections are made when they are needed, and closed some time after they were. */
    public Client connect() {
        HttpRequests requests = new HttpRequests(headers, timeout);
        HttpExchanges exchanges = new HttpExchanges(
                client(), retries, () -> ThreadLocalRandom.current().nextLong());
        StallWatch watch = admin == null
                ? null
                : new StallWatch(new HttpStalls(admin, requests, exchanges), STALL_PATIENCE, STALL_INTERVAL_MAX);
        return new Client(new HttpClientTransport(ingress, admin, requests, exchanges, watch, stalls), serdes);
    }

    /** Without TLS, HTTP/1.1 at once: the JDK's client would ask for an upgrade with every new connection. */
    private HttpClient client() {
        if (http != null) {
            return http;
        }
        return HttpClient.newBuilder()
                .version("https".equals(ingress.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    private static URI checked(URI uri) {
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException("Expected an address such as http://localhost:8080, found \"" + uri
                    + "\". Begin with http:// or https:// and name a host.");
        }
        return uri;
    }
}
