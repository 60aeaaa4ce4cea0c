package dev.reprise.server.deployment;

import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.Header;
import dev.reprise.server.client.Destination;
import dev.reprise.server.client.ExchangeFailure;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.Loop;
import dev.reprise.server.client.RequestHead;
import dev.reprise.server.client.ResponseHead;
import dev.reprise.server.http.ContentType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has SDKs convert values to JSON, for people to read, and back: {@code POST {uri}/serdes/{service}/decode/{name}} and
 * {@code …/encode/…}. Waits for the answer; for any thread that may block.
 */
public final class SerdeClient {
    private static final int BODY_BYTES_MAX = 32 << 20;
    /** The answer is gathered, and then copied into one array. */
    private static final int GATHERED_FACTOR = 3;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    private final HttpClient client;
    private final Optional<RequestSigner> identity;
    private final AnswerLimit limit;

    /**
     * Conversions over a client that its creator closes.
     *
     * @param identity signs each request; empty if none are signed
     */
    public SerdeClient(HttpClient client, Optional<RequestSigner> identity) {
        this(client, identity, AnswerLimit.poolOfHeap());
    }

    /** The same, where all answers that are read at one time, here and elsewhere, draw from one pool. */
    public SerdeClient(HttpClient client, Optional<RequestSigner> identity, MemoryPool pool) {
        this.client = client;
        this.identity = identity;
        this.limit = new AnswerLimit(BODY_BYTES_MAX, GATHERED_FACTOR, pool).withinPool();
    }

    /**
     * Converts a value.
     *
     * @param service the service's name, encoded as in a path
     * @param serde the serde's name, encoded as in a path; may contain slashes
     * @param toBytes whether to convert JSON to what handlers take, or back
     * @throws DiscoveryException when the SDK cannot be reached or does not convert the value
     */
    public byte[] convert(DeploymentEndpoint.Http at, String service, String serde, boolean toBytes, byte[] value) {
        String below = "/serdes/" + service + (toBytes ? "/encode/" : "/decode/") + serde;
        Destination destination = Destination.of(
                at.uri(),
                at.version() == HttpVersion.HTTP_1_1 ? Destination.Versions.HTTP_1_1 : Destination.Versions.HTTP_2);
        Loop loop = client.loop(destination.hashCode());
        RequestHead head = head(at, below, toBytes, value.length);
        WholeAnswer answer = new WholeAnswer(limit, value);
        try (answer) {
            if (!loop.execute(() -> open(loop, destination, head, answer))) {
                throw new DiscoveryException(null, "the server is shutting down", false);
            }
            WholeAnswer.Received received = answer.await(ANSWER_TIMEOUT);
            if (received.head().isSuccess()) {
                return received.body();
            }
            throw refusal(received.head());
        } finally {
            var _ = loop.execute(answer::leave);
        }
    }

    private RequestHead head(DeploymentEndpoint.Http at, String below, boolean toBytes, int length) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("content-type", toBytes ? JSON : BYTES));
        headers.add(new Header("accept", toBytes ? BYTES : JSON));
        headers.add(new Header("x-restate-serdes-protocol", "v1"));
        at.additionalHeaders().forEach((name, value) -> headers.add(new Header(name, value)));
        identity.ifPresent(signer -> headers.addAll(signer.sign(below, null)));
        URI uri = at.uri();
        return new RequestHead("POST", RequestHead.path(uri, below), headers, length);
    }

    private void open(Loop loop, Destination destination, RequestHead head, WholeAnswer answer) {
        try {
            client.open(loop, destination, head, answer);
        } catch (RuntimeException e) {
            answer.onFailed(ExchangeFailure.network("the request could not be sent: " + e));
        }
    }

    private static DiscoveryException refusal(ResponseHead head) {
        String type = ContentType.withoutParameters(head.header("content-type").orElse("no content type"));
        String hint = head.status() == 404
                ? " Either the deployment's SDK converts no values, or it has no serde of this name."
                : "";
        return new DiscoveryException(
                null,
                "got status code '" + head.status() + "' with " + DiscoveryClient.visible(type) + "." + hint,
                false);
    }
}
