package dev.reprise.endpoint;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What comes before a request's body.
 *
 * @param path the path, still encoded; anything before {@code /invoke} or {@code /discover} is ignored
 * @param headers by name in lower case; a header that came several times has one of its values
 * @param bidirectional whether the response can be sent while the request's body is still arriving
 */
public record EndpointRequestHead(String path, Map<String, String> headers, boolean bidirectional) {
    public EndpointRequestHead {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Collections.unmodifiableMap(lower);
    }

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }
}
