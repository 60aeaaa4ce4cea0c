package dev.reprise.sdk.client;

import dev.reprise.protocol.Header;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds requests from what all of them share. */
final class HttpRequests {
    /** The unreserved characters and the padding of Base64, which appears in ids that the official Java SDK makes. */
    private static final String UNENCODED = "-._~=";

    private final List<Header> headers;
    private final @Nullable Duration timeout;

    HttpRequests(List<Header> headers, @Nullable Duration timeout) {
        this.headers = List.copyOf(headers);
        this.timeout = timeout;
    }

    HttpRequest get(URI uri) {
        return begin(uri, List.of()).GET().build();
    }

    HttpRequest patch(URI uri) {
        return begin(uri, List.of()).method("PATCH", BodyPublishers.noBody()).build();
    }

    HttpRequest post(URI uri, Payload body) {
        return post(uri, body, List.of());
    }

    HttpRequest post(URI uri, Payload body, List<Header> more) {
        HttpRequest.Builder request = begin(uri, more);
        Optional<String> contentType = body.contentType();
        contentType.ifPresent(type -> request.setHeader("content-type", type));
        BodyPublisher bytes = contentType.isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(body.bytes().array());
        return request.POST(bytes).build();
    }

    private HttpRequest.Builder begin(URI uri, List<Header> more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(header -> request.header(header.key(), header.value()));
        more.forEach(header -> request.header(header.key(), header.value()));
        if (timeout != null) {
            request.timeout(timeout);
        }
        return request;
    }

    /** {@code base} with a path of these segments below its own. */
    static URI uri(URI base, List<String> segments, String query) {
        StringBuilder uri = new StringBuilder(base.toString().replaceAll("/+$", ""));
        segments.forEach(segment -> uri.append('/').append(encoded(segment)));
        return URI.create(uri + query);
    }

    /** Percent-encoding as in RFC 3986 section 2.1, for characters with a meaning in paths. */
    private static String encoded(String segment) {
        if (segment.equals(".") || segment.equals("..")) {
            return segment.replace(".", "%2E"); // unencoded, many would take it for another path, see section 5.2.4
        }
        StringBuilder out = new StringBuilder();
        for (byte unit : segment.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (unit & 0xff);
            if (isUnencoded(character)) {
                out.append(character);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
        }
        return out.toString();
    }

    private static boolean isUnencoded(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || UNENCODED.indexOf(character) >= 0;
    }
}
