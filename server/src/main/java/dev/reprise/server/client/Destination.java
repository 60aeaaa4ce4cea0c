package dev.reprise.server.client;

import dev.reprise.server.config.Secrets;
import java.net.URI;
import java.util.Locale;

/** What makes two requests share a connection: scheme, host, port, and the versions of HTTP that may be spoken. */
public record Destination(boolean secure, String host, int port, Versions versions) {
    private static final int PORT_MAX = 65_535;

    /** The versions of HTTP to choose from. */
    public enum Versions {
        HTTP_1_1,
        HTTP_2,
        /** HTTP/2 if the peer offers it in the TLS handshake, otherwise HTTP/1.1. */
        NEGOTIATED;

        /** The names to offer in a TLS handshake, the preferred one first. */
        String[] protocols() {
            return switch (this) {
                case HTTP_1_1 -> new String[] {"http/1.1"};
                case HTTP_2 -> new String[] {"h2"};
                case NEGOTIATED -> new String[] {"h2", "http/1.1"};
            };
        }
    }

    /**
     * The destination of a deployment's URI.
     *
     * @throws IllegalArgumentException when it is not an absolute http or https URI with a host and a port that can be
     */
    public static Destination of(URI uri, Versions versions) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http") || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "a deployment's URI must begin with http:// or https:// and a host, found '" + Secrets.shown(uri)
                            + "'");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "a deployment's port must be from 1 to " + PORT_MAX + ", found '" + uri + "'");
        }
        return new Destination(secure, bare(uri.getHost()), port, versions);
    }

    /** An IPv6 address without its brackets. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    String scheme() {
        return secure ? "https" : "http";
    }

    /** Host and port as a request names them; the scheme's default port is omitted. */
    String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? bracketed : bracketed + ":" + port;
    }

    @Override
    public String toString() {
        return scheme() + "://" + authority();
    }
}
