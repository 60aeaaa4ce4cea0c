package dev.reprise.server.deployment;

import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.discovery.DiscoveryVersion;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.server.client.Destination;
import dev.reprise.server.client.ExchangeFailure;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.Loop;
import dev.reprise.server.client.RequestHead;
import dev.reprise.server.client.ResponseHead;
import dev.reprise.server.config.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks deployments what they serve: {@code GET {uri}/discover}. Waits for the answer; for any thread that may block.
 */
public final class DiscoveryClient {
    private static final Logger log = LoggerFactory.getLogger(DiscoveryClient.class);

    private static final String PATH = "/discover";
    private static final int SHOWN_CHARS_MAX = 200;
    private static final int BODY_BYTES_MAX = 16 << 20;
    /** A manifest is parsed to a tree. */
    private static final int PARSED_FACTOR = 8;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    /** The delays between tries, about a second and a half in all: an endpoint may still be starting. */
    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));

    private static final Set<Integer> RETRYABLE_STATUSES = Set.of(408, 429, 500, 502, 503, 504);
    private static final String ACCEPTED = Arrays.stream(DiscoveryVersion.values())
            .map(DiscoveryVersion::contentType)
            .collect(Collectors.joining(", "));

    private final HttpClient client;
    private final Optional<RequestSigner> identity;
    private final AnswerLimit limit;

    /**
     * A discovery over a client that its creator closes.
     *
     * @param identity signs each request; empty if none are signed
     */
    public DiscoveryClient(HttpClient client, Optional<RequestSigner> identity) {
        this(client, identity, AnswerLimit.poolOfHeap());
    }

    /** The same, where all answers that are read at one time, here and elsewhere, draw from one pool. */
    public DiscoveryClient(HttpClient client, Optional<RequestSigner> identity, MemoryPool pool) {
        this.client = client;
        this.identity = identity;
        this.limit = new AnswerLimit(BODY_BYTES_MAX, PARSED_FACTOR, pool).withinPool();
    }

    /**
     * Asks a deployment.
     *
     * @param uri the address below which {@code /discover} is; http or https
     * @param version the version of HTTP to use; null for HTTP/2 or, with https, for the one that the handshake
     *     negotiates
     * @param additionalHeaders sent along, in this order
     * @throws DiscoveryException when it cannot be reached after several tries, refuses, or answers with something
     *     unusable
     * @throws IllegalArgumentException when the URI cannot be that of a deployment
     */
    public Discovered discover(URI uri, @Nullable HttpVersion version, Map<String, String> additionalHeaders) {
        Destination destination = Destination.of(uri, versions(uri, version));
        for (Duration delay : RETRY_DELAYS) {
            try {
                return ask(destination, uri, additionalHeaders);
            } catch (DiscoveryException e) {
                if (!e.isRetryable()) {
                    throw e;
                }
                log.warn(
                        "cannot discover {}, trying again in {} ms: {}",
                        Secrets.shown(uri),
                        delay.toMillis(),
                        e.getMessage());
                pause(delay);
            }
        }
        return ask(destination, uri, additionalHeaders);
    }

    private static Destination.Versions versions(URI uri, @Nullable HttpVersion version) {
        if (version != null) {
            return version == HttpVersion.HTTP_1_1 ? Destination.Versions.HTTP_1_1 : Destination.Versions.HTTP_2;
        }
        return "https".equalsIgnoreCase(uri.getScheme())
                ? Destination.Versions.NEGOTIATED
                : Destination.Versions.HTTP_2;
    }

    private Discovered ask(Destination destination, URI uri, Map<String, String> additionalHeaders) {
        Loop loop = client.loop(destination.hashCode());
        RequestHead head = head(uri, additionalHeaders);
        WholeAnswer answer = new WholeAnswer(limit);
        try (answer) {
            if (!loop.execute(() -> open(loop, destination, head, answer))) {
                throw new DiscoveryException("META0003", "the server is shutting down", false);
            }
            return answer(answer.await(ANSWER_TIMEOUT));
        } finally {
            var _ = loop.execute(answer::leave);
        }
    }

    private void open(Loop loop, Destination destination, RequestHead head, WholeAnswer answer) {
        try {
            client.open(loop, destination, head, answer);
        } catch (RuntimeException e) {
            answer.onFailed(ExchangeFailure.network("the request could not be sent: " + e));
        }
    }

    private RequestHead head(URI uri, Map<String, String> additionalHeaders) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("accept", ACCEPTED));
        additionalHeaders.forEach((name, value) -> headers.add(new Header(name, value)));
        identity.ifPresent(signer -> headers.addAll(signer.sign(PATH, null)));
        return new RequestHead("GET", RequestHead.path(uri, PATH), headers, 0);
    }

    private static Discovered answer(WholeAnswer.Received received) {
        ResponseHead head = received.head();
        if (head.status() == 404) {
            throw new DiscoveryException(
                    "META0003",
                    "got status code '404'. Make sure the provided URI has the correct path where the Restate SDK"
                            + " endpoint is mounted. " + described(head),
                    false);
        }
        if (!head.isSuccess()) {
            throw new DiscoveryException(
                    "META0003",
                    "got status code '" + head.status() + "'. " + described(head),
                    RETRYABLE_STATUSES.contains(head.status()));
        }
        requireContentType(head);
        EndpointManifest manifest = ManifestReader.read(received.body());
        ProtocolMode mode = manifest.protocolMode();
        if (mode == null) {
            throw DiscoveryException.badAnswer("missing protocol mode");
        }
        String sdk =
                head.header("x-restate-server").or(() -> head.header("server")).orElse(null);
        return new Discovered(manifest, sdk, mode, version(head));
    }

    private static HttpVersion version(ResponseHead head) {
        return switch (head.version()) {
            case HTTP_1_1 -> HttpVersion.HTTP_1_1;
            case HTTP_2 -> HttpVersion.HTTP_2;
        };
    }

    /**
     * What else to say about an answer that no SDK has given. Its body is not shown: it may come from anything that
     * this server can reach and its client cannot.
     */
    private static String described(ResponseHead head) {
        return "It answered " + visible(head.header("content-type").orElse("nothing of a known type")) + ".";
    }

    /** A text up to a length, without characters that could pass for more than a word. */
    static String visible(String text) {
        String shown = text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
        return shown.replaceAll("[^ -~…]|[<>&\"']", "?");
    }

    private static void requireContentType(ResponseHead head) {
        Optional<String> contentType = head.header("content-type");
        if (contentType.flatMap(DiscoveryVersion::ofContentType).isEmpty()) {
            throw DiscoveryException.badAnswer(contentType
                            .map(found -> "Bad content type header: '" + visible(found) + "'")
                            .orElse("No content type header")
                    + ". Expected one of '" + ACCEPTED + "'. Is it the URI of a Restate SDK endpoint?");
        }
    }

    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DiscoveryException("META0003", "interrupted while waiting to ask again", false);
        }
    }
}
