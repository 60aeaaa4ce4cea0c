package dev.reprise.server.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.server.config.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The request bodies that register or change a deployment. */
final class DeploymentRequests {
    private static final int PORT_MAX = 65_535;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String FIELD_VALUE = "[\\t\\x20-\\x7e\\x80-\\xff]*";

    private DeploymentRequests() {}

    /** The body of a registration. */
    record Register(
            @Nullable String uri,
            @Nullable String arn,
            @Nullable Map<String, String> additionalHeaders,
            @Nullable Map<String, String> metadata,
            @JsonProperty("use_http_11") boolean useHttp11,
            @Nullable Boolean force,
            boolean breaking,
            boolean dryRun,
            @Nullable JsonNode auth) {

        /** The deployment's address; refuses what is not HTTP. */
        URI httpUri() {
            if (auth != null && !auth.isNull()) {
                throw AdminException.invalidField("auth", "identity tokens are not supported, use additional_headers");
            }
            if (uri == null) {
                throw arn == null ? AdminRequest.unfitting("expected the deployment's uri") : lambda();
            }
            return absolute(uri);
        }

        /**
         * The headers to send.
         *
         * @param known the headers of the deployment that is registered anew
         */
        Map<String, String> headers(Map<String, String> known) {
            return headersOf(additionalHeaders == null ? Map.of() : additionalHeaders, known);
        }
    }

    /** The body of a change. */
    record Update(
            @Nullable String uri,
            @Nullable String arn,
            @Nullable Map<String, String> additionalHeaders,
            @JsonProperty("use_http_11") @Nullable Boolean useHttp11,
            boolean overwrite,
            boolean dryRun) {

        boolean changesNothing() {
            return uri == null && arn == null && additionalHeaders == null && useHttp11 == null;
        }

        URI httpUri(DeploymentEndpoint.Http known) {
            if (arn != null) {
                throw lambda();
            }
            return uri == null ? known.uri() : unmasked(absolute(uri), Stream.of(known.uri()));
        }

        Map<String, String> headers(DeploymentEndpoint.Http known) {
            return additionalHeaders == null
                    ? known.additionalHeaders()
                    : headersOf(additionalHeaders, known.additionalHeaders());
        }

        boolean wantsHttp11(DeploymentEndpoint.Http known) {
            if (useHttp11 != null) {
                return useHttp11;
            }
            return uri == null && known.version() == DeploymentEndpoint.HttpVersion.HTTP_1_1;
        }
    }

    /** The URI that is meant: a masked one stands for the known URI that is shown like that. */
    static URI unmasked(URI uri, Stream<URI> known) {
        if (!Secrets.isMasked(uri)) {
            return uri;
        }
        return known.filter(each -> Secrets.shown(each).equals(uri.toString()))
                .findFirst()
                .orElseThrow(() -> AdminException.invalidField(
                        "uri",
                        "The user information of " + uri + " is a mask, and no known deployment is shown so. Give the"
                                + " user and the password themselves."));
    }

    private static AdminException lambda() {
        return new AdminException(
                501, "Deployments on AWS Lambda are not supported. Register the uri of an HTTP endpoint instead.");
    }

    private static URI absolute(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw AdminRequest.unfitting("uri: " + Secrets.shown(String.valueOf(e.getMessage())));
        }
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            throw AdminException.invalidField(
                    "uri",
                    "The provided uri " + Secrets.shown(text) + " is not absolute, only absolute URIs can be used.");
        }
        boolean isHttp =
                uri.getScheme().equalsIgnoreCase("http") || uri.getScheme().equalsIgnoreCase("https");
        if (!isHttp || uri.getHost() == null) {
            throw AdminException.invalidField(
                    "uri", "Expected http:// or https:// and a host, found " + Secrets.shown(text) + ".");
        }
        if (uri.getPort() == 0 || uri.getPort() > PORT_MAX) {
            throw AdminException.invalidField("uri", "Expected a port from 1 to " + PORT_MAX + ", found " + text + ".");
        }
        return uri.getRawPath().isEmpty() ? uri.resolve("/") : uri;
    }

    private static Map<String, String> headersOf(Map<String, String> given, Map<String, String> known) {
        Map<String, String> headers = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (!name.matches(TOKEN) || value == null || !value.matches(FIELD_VALUE)) {
                throw AdminRequest.unfitting("additional_headers: '" + name + "' is not a header with a value");
            }
            String key = name.toLowerCase(Locale.ROOT);
            headers.put(key, Secrets.isMask(value) ? unmasked(key, known) : value);
        });
        return headers;
    }

    /** The value that a mask stands for. */
    private static String unmasked(String name, Map<String, String> known) {
        String value = known.get(name);
        if (value == null) {
            throw AdminRequest.unfitting("additional_headers: the value of '" + name + "' is the mask " + Secrets.MASK
                    + " that stands for a value that is not shown, and the deployment has no such header; give the value"
                    + " itself");
        }
        return value;
    }
}
