package dev.reprise.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.protocol.identity.IdentityKey;
import dev.reprise.protocol.identity.SignedToken;
import java.io.IOException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a request comes from a server that holds a known key: it carries a JWT (RFC 7519) signed with Ed25519
 * (RFC 8037), in the headers {@code x-restate-signature-scheme: v1} and {@code x-restate-jwt-v1}. Any thread.
 */
final class RequestVerifier {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<PublicKey> keys;
    private final InstantSource clock;

    /**
     * An identity check.
     *
     * @param keys what may have signed a request, as {@code publickeyv1_…}; empty for any request, signed or not
     * @throws IllegalArgumentException when one is not a key
     */
    RequestVerifier(List<String> keys, InstantSource clock) {
        this.keys = keys.stream().map(IdentityKey::parse).toList();
        this.clock = clock;
    }

    /**
     * Why a request is turned away; empty if it is not.
     *
     * @param path what the request is for, below what stands in front of it: {@code /discover} or {@code
     *     /invoke/{service}/{handler}}
     */
    Optional<String> denial(Map<String, String> headers, String path) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String scheme = headers.get(SignedToken.SCHEME_HEADER);
        String token = headers.get(SignedToken.TOKEN_HEADER);
        if (!SignedToken.SCHEME.equals(scheme) || token == null) {
            return Optional.of("Expected a signed request (x-restate-signature-scheme: v1), found "
                    + (scheme == null ? "one without a signature." : "the scheme " + scheme + "."));
        }
        return denial(token, path);
    }

    private Optional<String> denial(String text, String path) {
        try {
            Optional<SignedToken> parts = SignedToken.parse(text);
            if (parts.isEmpty()) {
                return Optional.of("Expected a token of three parts in x-restate-jwt-v1.");
            }
            SignedToken token = parts.get();
            JsonNode header = JSON.readTree(token.header());
            JsonNode claims = JSON.readTree(token.claims());
            if (!header.path("alg").asText().equals(SignedToken.ALGORITHM)
                    || keys.stream().noneMatch(token::isSignedBy)) {
                return Optional.of("The request is signed by none of the keys that this endpoint trusts.");
            }
            if (header.has("crit")) {
                // RFC 7515, section 4.1.11: what must be understood, and nothing of that kind is.
                return Optional.of("Expected a token without critical headers, found " + header.get("crit") + ".");
            }
            return meantForOther(claims, path).or(() -> untimely(claims));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("Expected a JSON web token in x-restate-jwt-v1, found something else.");
        }
    }

    /** A signature is for one path, so that it cannot be used for another handler. */
    private static Optional<String> meantForOther(JsonNode claims, String path) {
        JsonNode audience = claims.path("aud");
        boolean fits = audience.isArray()
                ? StreamSupport.stream(audience.spliterator(), false).anyMatch(one -> isSame(one.asText(), path))
                : isSame(audience.asText(), path);
        return fits
                ? Optional.empty()
                : Optional.of("Expected a signature for " + path + ", found one for another path.");
    }

    private static boolean isSame(String audience, String path) {
        return EndpointHandler.decode(audience).equals(EndpointHandler.decode(path));
    }

    private Optional<String> untimely(JsonNode claims) {
        long now = clock.millis() / 1_000;
        if (claims.path("exp").asLong(0) <= now) {
            return Optional.of("The request's signature has expired; see whether both clocks agree.");
        }
        if (seconds(claims.get("nbf")) > now) {
            return Optional.of("The request's signature is not valid yet; see whether both clocks agree.");
        }
        return Optional.empty();
    }

    private static long seconds(@Nullable JsonNode claim) {
        return claim == null ? 0 : claim.asLong(0);
    }
}
