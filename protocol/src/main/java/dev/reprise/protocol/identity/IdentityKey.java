package dev.reprise.protocol.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The text of an Ed25519 public key, as a server prints it and an endpoint takes it: {@code publickeyv1_} and base 58.
 */
public final class IdentityKey {
    private static final String PREFIX = "publickeyv1_";
    private static final int BYTES = 32;

    /** How the algorithm is named in front of a raw key (RFC 8410). */
    private static final String X509_PREFIX = "302a300506032b6570032100";

    private IdentityKey() {}

    /** A key's text; the raw key is the 32 bytes at the end of its X.509 form. */
    public static String text(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return PREFIX + Base58.encode(Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length));
    }

    /**
     * Reads a key's text.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static PublicKey parse(String text) {
        byte[] raw = text.startsWith(PREFIX)
                ? Base58.decode(text.substring(PREFIX.length())).orElse(new byte[0])
                : new byte[0];
        if (raw.length != BYTES) {
            throw new IllegalArgumentException("Expected an identity key: " + PREFIX
                    + " and 32 bytes in base 58, found \"" + text + "\". The server prints its key when it starts.");
        }
        byte[] encoded = HexFormat.of().parseHex(X509_PREFIX + HexFormat.of().formatHex(raw));
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Expected an Ed25519 key, found \"" + text + "\": " + e, e);
        }
    }
}
