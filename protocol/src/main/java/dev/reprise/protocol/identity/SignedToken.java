package dev.reprise.protocol.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON web token (RFC 7519) that is signed with Ed25519 (RFC 8037), and the headers of HTTP that it is sent in. It
 * holds text that looks like a token; only {@link #isSignedBy} says whether it is to be believed. Immutable.
 */
public final class SignedToken {
    /** The header that says how a request is signed. */
    public static final String SCHEME_HEADER = "x-restate-signature-scheme";

    /** The only scheme there is: a token in {@link #TOKEN_HEADER}. */
    public static final String SCHEME = "v1";

    /** The header that has the token. */
    public static final String TOKEN_HEADER = "x-restate-jwt-v1";

    /** What the token's own header must name. */
    public static final String ALGORITHM = "EdDSA";

    private static final String SIGNATURE = "Ed25519";

    private final byte[] header;
    private final byte[] claims;
    private final byte[] signed;
    private final byte[] signature;

    private SignedToken(byte[] header, byte[] claims, byte[] signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /** A part as it stands in a token. */
    public static String encode(String json) {
        return base64(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The text of a token.
     *
     * @param header as of {@link #encode}, since it is the same for all of a key
     * @param claims in JSON
     */
    public static String sign(PrivateKey key, String header, String claims) {
        String signed = header + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot sign with its own Ed25519 key", e);
        }
    }

    /**
     * Takes a token's text apart; empty when it has not three parts.
     *
     * @throws IllegalArgumentException when a part is not in base 64
     */
    public static Optional<SignedToken> parse(String text) {
        int claimsEnd = text.lastIndexOf('.');
        int headerEnd = text.indexOf('.');
        if (headerEnd < 0 || claimsEnd <= headerEnd) {
            return Optional.empty();
        }
        Base64.Decoder decoder = Base64.getUrlDecoder();
        return Optional.of(new SignedToken(
                decoder.decode(text.substring(0, headerEnd)),
                decoder.decode(text.substring(headerEnd + 1, claimsEnd)),
                text.substring(0, claimsEnd).getBytes(StandardCharsets.US_ASCII),
                decoder.decode(text.substring(claimsEnd + 1))));
    }

    /** What should be the JSON of its header. */
    public byte[] header() {
        return header.clone();
    }

    /** What should be the JSON of its claims. */
    public byte[] claims() {
        return claims.clone();
    }

    /** Whether this key's owner has signed it. A signature of another length or form is none. */
    public boolean isSignedBy(PublicKey key) {
        try {
            Signature verification = Signature.getInstance(SIGNATURE);
            verification.initVerify(key);
            verification.update(signed);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
