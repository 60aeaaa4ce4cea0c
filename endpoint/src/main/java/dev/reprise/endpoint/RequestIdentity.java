package dev.reprise.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a request comes from a server that holds a known key: it carries a JWT (RFC 7519) signed with Ed25519 (RFC
 * 8037), in the headers {@code x-restate-signature-scheme: v1} and {@code x-restate-jwt-v1}. Any thread.
 */
final class RequestIdentity {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY_PREFIX = "publickeyv1_";
    private static final int KEY_BYTES = 32;

    /** How the algorithm is named in front of a raw key (RFC 8410). */
    private static final String X509_PREFIX = "302a300506032b6570032100";

    private final List<PublicKey> keys;
    private final InstantSource clock;

    /**
     * An identity check.
     *
     * @param keys what may have signed a request, as {@code publickeyv1_…}; empty for any request, signed or not
     * @throws IllegalArgumentException when one is not a key
     */
    RequestIdentity(List<String> keys, InstantSource clock) {
        this.keys = keys.stream().map(RequestIdentity::parse).toList();
        this.clock = clock;
    }

    private static PublicKey parse(String key) {
        byte[] raw = key.startsWith(KEY_PREFIX)
                ? Base58.decode(key.substring(KEY_PREFIX.length())).orElse(new byte[0])
                : new byte[0];
        if (raw.length != KEY_BYTES) {
            throw new IllegalArgumentException("Expected an identity key: " + KEY_PREFIX
                    + " and 32 bytes in base 58, found \"" + key + "\". The server prints its key when it starts.");
        }
        byte[] encoded = HexFormat.of().parseHex(X509_PREFIX + HexFormat.of().formatHex(raw));
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Expected an Ed25519 key, found \"" + key + "\": " + e, e);
        }
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
        String scheme = headers.get("x-restate-signature-scheme");
        String token = headers.get("x-restate-jwt-v1");
        if (!"v1".equals(scheme) || token == null) {
            return Optional.of("Expected a signed request (x-restate-signature-scheme: v1), found "
                    + (scheme == null ? "one without a signature." : "the scheme " + scheme + "."));
        }
        return denial(token, path);
    }

    private Optional<String> denial(String token, String path) {
        int claimsEnd = token.lastIndexOf('.');
        int headerEnd = token.indexOf('.');
        if (headerEnd < 0 || claimsEnd <= headerEnd) {
            return Optional.of("Expected a token of three parts in x-restate-jwt-v1.");
        }
        try {
            JsonNode header = json(token.substring(0, headerEnd));
            JsonNode claims = json(token.substring(headerEnd + 1, claimsEnd));
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(claimsEnd + 1));
            byte[] signed = token.substring(0, claimsEnd).getBytes(StandardCharsets.US_ASCII);
            if (!header.path("alg").asText().equals("EdDSA") || !isSigned(signed, signature)) {
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

    private static JsonNode json(String part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private boolean isSigned(byte[] signed, byte[] signature) {
        return keys.stream().anyMatch(key -> isSignedBy(key, signed, signature));
    }

    private static boolean isSignedBy(PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature verification = Signature.getInstance("Ed25519");
            verification.initVerify(key);
            verification.update(signed);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            // A signature of another length or form is none.
            return false;
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
