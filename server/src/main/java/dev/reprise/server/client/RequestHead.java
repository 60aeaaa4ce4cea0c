package dev.reprise.server.client;

import dev.reprise.protocol.Header;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request without its body.
 *
 * @param path the encoded path, with the query if there is one
 * @param headers in this order; names in lower case
 * @param contentLength the body's size in bytes, or -1 if it is unknown
 */
public record RequestHead(String method, String path, List<Header> headers, long contentLength) {
    /** The same with more headers. */
    RequestHead and(List<Header> more) {
        return more.isEmpty()
                ? this
                : new RequestHead(
                        method,
                        path,
                        Stream.concat(headers.stream(), more.stream()).toList(),
                        contentLength);
    }

    /** The path of something below a deployment's URI, which may itself have a path and a query. */
    public static String path(URI uri, String below) {
        String root = uri.getRawPath() == null ? "" : uri.getRawPath();
        String path = (root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + below;
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
