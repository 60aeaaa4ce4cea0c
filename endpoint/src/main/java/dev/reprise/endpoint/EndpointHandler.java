package dev.reprise.endpoint;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.discovery.DiscoveryVersion;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.attempt.RunThreads;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.service.ManifestJson;
import dev.reprise.sdk.service.Manifests;
import dev.reprise.sdk.service.ServiceDefinition;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an endpoint answers, whatever carries its requests: {@code …/discover} with its manifest, {@code
 * …/invoke/{service}/{handler}} with an attempt, {@code …/health} with 200. Any thread.
 *
 * <p>Refusals are texts for people: 401 without a valid identity, 404 for an unknown path, service or handler, 415 for
 * a version of the protocol that is not spoken here, 503 when there are as many attempts as there may be.
 */
public final class EndpointHandler {
    static final String SERVER_HEADER = "x-restate-server";
    static final String SERVER = "reprise-java/0.1.0";

    private final List<ServiceDefinition> services;
    private final InvocationHandler handlers;
    private final RequestVerifier identity;
    private final OpenAttempts attempts;
    private final boolean streams;
    private final ProtocolVersion newest;

    EndpointHandler(
            List<ServiceDefinition> services,
            RunThreads runThreads,
            RequestVerifier identity,
            int attemptsMax,
            boolean streams,
            ProtocolVersion newest) {
        this.services = List.copyOf(services);
        this.handlers = new InvocationHandler(this.services, AttemptThreads.virtual(runThreads));
        this.identity = identity;
        this.attempts = new OpenAttempts(attemptsMax);
        this.streams = streams;
        this.newest = newest;
        Manifests.of(this.services, ProtocolMode.BIDI_STREAM);
    }

    /**
     * Begins to answer a request; the answer may be complete when this returns. Does not block.
     *
     * @param head what came before the body
     * @param response where the answer goes, from this thread or from that of a handler
     * @return where the request's body goes
     */
    public RequestBody open(EndpointRequestHead head, EndpointResponse response) {
        String[] segments = head.path().split("/", -1);
        String last = segments[segments.length - 1];
        // A handler may be called health or discover, so this comes first.
        boolean isInvocation = segments.length >= 4 && segments[segments.length - 3].equals("invoke");
        if (!isInvocation && last.equals("health")) {
            return answer(response, 200, "text/plain", Bytes.utf8("OK"));
        }
        String below = isInvocation
                ? "/invoke/" + segments[segments.length - 2] + "/" + last
                : last.equals("discover") ? "/discover" : head.path();
        Optional<String> denied = identity.denial(head.headers(), below);
        if (denied.isPresent()) {
            return refuse(response, 401, denied.get());
        }
        if (!isInvocation && last.equals("discover")) {
            return discover(head, response);
        }
        if (isInvocation) {
            return invoke(decode(segments[segments.length - 2]), decode(last), head, response);
        }
        return refuse(response, 404, "Expected /discover or /invoke/{service}/{handler}, found " + head.path() + ".");
    }

    /** Percent-decoded; a broken escape stands for itself. */
    static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    private RequestBody discover(EndpointRequestHead head, EndpointResponse response) {
        String accept = head.header("accept").orElse("");
        Optional<DiscoveryVersion> version = DiscoveryVersion.newestAccepted(accept);
        if (version.isEmpty()) {
            return refuse(
                    response,
                    415,
                    "Expected to be asked for " + DiscoveryVersion.V1.contentType() + " up to "
                            + DiscoveryVersion.values()[DiscoveryVersion.values().length - 1].contentType()
                            + ", found: " + accept + ".");
        }
        ProtocolMode mode = streams && head.bidirectional() ? ProtocolMode.BIDI_STREAM : ProtocolMode.REQUEST_RESPONSE;
        try {
            Bytes document = ManifestJson.write(Manifests.of(services, mode).upTo(newest), version.get());
            return answer(response, 200, version.get().contentType(), document);
        } catch (IllegalStateException e) {
            return refuse(response, 500, String.valueOf(e.getMessage()));
        }
    }

    private RequestBody invoke(String service, String handler, EndpointRequestHead head, EndpointResponse response) {
        String contentType = head.header("content-type").orElse("");
        Optional<ProtocolVersion> version = version(contentType);
        if (version.isEmpty()) {
            return refuse(
                    response,
                    415,
                    "Expected an invocation of version " + ProtocolVersion.values()[0].contentType() + " up to "
                            + newest.contentType()
                            + ", found: " + contentType + ".");
        }
        InvocationExchange exchange = new InvocationExchange(version.get(), response, attempts::ended);
        if (!attempts.begin(exchange)) {
            return refuse(response, 503, "This endpoint is about to stop, or runs as many attempts as it may at once.");
        }
        Optional<AttemptInput> input = handlers.open(service, handler, version.get(), head.headers(), exchange);
        if (input.isEmpty()) {
            attempts.ended(exchange);
            return refuse(response, 404, "There is no handler " + service + "/" + handler + " at this endpoint.");
        }
        exchange.begin(input.get());
        return exchange;
    }

    /**
     * Takes no more attempts, lets those under way suspend, and ends those that have not when the time is over. Waits
     * for that.
     *
     * @param atMost how long attempts may take to suspend or end
     */
    public void drain(Duration atMost) {
        attempts.drain(atMost);
        handlers.close();
    }

    private Optional<ProtocolVersion> version(String contentType) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            if (version.compareTo(newest) <= 0 && version.contentType().equalsIgnoreCase(contentType.strip())) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private static RequestBody refuse(EndpointResponse response, int status, String reason) {
        return answer(response, status, "text/plain", Bytes.utf8(reason));
    }

    private static RequestBody answer(EndpointResponse response, int status, String contentType, Bytes body) {
        response.head(status, Map.of("content-type", contentType, SERVER_HEADER, SERVER));
        response.write(ByteBuffer.wrap(body.array()));
        response.end();
        return new IgnoredBody();
    }

    /** The rest of a request that is answered. */
    private record IgnoredBody() implements RequestBody {
        @Override
        public void write(ByteBuffer bytes) {
            bytes.position(bytes.limit());
        }

        @Override
        public void end() {}

        @Override
        public void abort() {}
    }
}
