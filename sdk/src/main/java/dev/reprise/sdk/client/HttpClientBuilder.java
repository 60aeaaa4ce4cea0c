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
     * The address of the admin API, such as {@code http://localhost:9070}. Required to cancel, kill, purge, pause and
     * resume invocations, for which the ingress has no requests, and to find out that a call waits for an invocation
     * that is paused or keeps failing, see {@link #stalls}.
     */
    public HttpClientBuilder admin(URI uri) {
        admin = checked(uri);
        return this;
    }

    /**
     * Sends a header with every request, such as one that authorizes it. Handlers see it too.
     *
     * @throws IllegalArgumentException when HTTP cannot carry it unchanged
     */
    public HttpClientBuilder header(String name, String value) {
        headers.add(HeaderRules.require(new Header(name, value)));
        return this;
    }

    /**
     * How to retry requests when that is safe: those that never reached the server, and those that have the same effect
     * when they arrive twice, which are all but calls and sends without an idempotency key. By default for about three
     * seconds. {@link RetryPolicy#none} turns it off. Up to three tenths are added to each delay at random.
     */
    public HttpClientBuilder retries(RetryPolicy policy) {
        retries = policy;
        return this;
    }

    /** How long an answer may take; positive. By default there is no limit, because a handler may sleep for days. */
    public HttpClientBuilder timeout(Duration answer) {
        timeout = answer;
        return this;
    }

    /**
     * What happens to calls that wait for an invocation that is paused or keeps failing; by default they keep waiting,
     * and a warning is logged. An ingress does not report it, so the client asks the {@linkplain #admin admin API} when
     * a call has waited for five seconds, and at intervals that grow to a minute. Without that address nothing is
     * reported.
     *
     * <p>An ingress names the invocation only in its answer. So for a call without an idempotency key, the client knows
     * that an invocation of this handler makes no progress, but not that it is its own: the stall is reported, and the
     * call does not fail. Attaches, and calls with an idempotency key, do.
     */
    public HttpClientBuilder stalls(StallPolicy policy) {
        stalls = policy;
        return this;
    }

    /** Serializes values that have no serde of their own; by default as JSON. */
    public HttpClientBuilder serdes(SerdeFactory factory) {
        serdes = factory;
        return this;
    }

    /** Sends requests with this client of the JDK, and so with its TLS context, proxy, executor and so on. */
    public HttpClientBuilder httpClient(HttpClient client) {
        http = client;
        return this;
    }

    /** Creates the client. Connections are opened when they are needed, and closed some time after their last use. */
    public Client connect() {
        HttpRequests requests = new HttpRequests(headers, timeout);
        HttpExchanges exchanges = new HttpExchanges(
                client(), retries, () -> ThreadLocalRandom.current().nextLong());
        StallWatch watch = admin == null
                ? null
                : new StallWatch(new HttpStalls(admin, requests, exchanges), STALL_PATIENCE, STALL_INTERVAL_MAX);
        return new Client(new HttpClientTransport(ingress, admin, requests, exchanges, watch, stalls), serdes);
    }

    /** Without TLS, HTTP/1.1 at once: the JDK's client would otherwise ask for an upgrade on every new connection. */
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
