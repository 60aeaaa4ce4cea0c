package dev.reprise.server.deployment;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.identity.IdentityKey;
import dev.reprise.protocol.identity.SignedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proves to deployments that a request comes from this server: each request's headers carry an Ed25519-signed JWT,
 * which an SDK checks against the public key {@link #publicKey}. Any thread.
 *
 * <p>Claims: {@code aud} is the path below the deployment's URI; {@code iat}, {@code nbf} and {@code exp} lie around
 * the present; {@code sub} is the key of an object's or workflow's handler.
 */
public final class RequestSigner {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final PrivateKey key;
    private final String publicKey;
    private final String header;
    private final long validSeconds;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Signed> unkeyed = new ConcurrentHashMap<>();

    private record Signed(long second, List<Header> headers) {}

    private RequestSigner(KeyPair pair, Duration valid, InstantSource clock) {
        this.key = pair.getPrivate();
        this.publicKey = IdentityKey.text(pair.getPublic());
        this.header = SignedToken.encode(
                "{\"typ\":\"JWT\",\"alg\":\"" + SignedToken.ALGORITHM + "\",\"kid\":\"" + this.publicKey + "\"}");
        this.validSeconds = Math.max(1, valid.toSeconds());
        this.clock = clock;
    }

    /**
     * Reads the key.
     *
     * @param pemFile an Ed25519 private key in PKCS #8 form, as {@code openssl genpkey -algorithm ed25519} writes it
     * @param valid how long before and after its creation a signature is valid; at least a second
     * @throws IllegalArgumentException when the file cannot be read or contains something else
     */
    public static RequestSigner read(Path pemFile, Duration valid, InstantSource clock) {
        String expected = "expected " + pemFile + " to hold one Ed25519 private key in PKCS #8 form, as"
                + " 'openssl genpkey -algorithm ed25519' writes it, ";
        try {
            Matcher pem = PEM.matcher(Files.readString(pemFile));
            if (!pem.find()) {
                throw new IllegalArgumentException(expected + "found no private key");
            }
            byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.group(1));
            if (pem.find()) {
                throw new IllegalArgumentException(expected + "found more than one");
            }
            EdECPrivateKey key =
                    (EdECPrivateKey) KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new RequestSigner(pair(key.getBytes().orElseThrow()), valid, clock);
        } catch (IOException e) {
            throw new IllegalArgumentException(expected + "but cannot read it: " + e, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(expected + "found another key: " + e.getMessage(), e);
        }
    }

    /**
     * The key pair of a private key. The JDK computes a public key only when it generates a pair, so it gets the seed
     * as its random bytes.
     */
    private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
        return generator.generateKeyPair();
    }

    /** Returns known bytes. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] out) {
            System.arraycopy(bytes, 0, out, 0, out.length);
        }
    }

    /** The public key in the form that SDKs take: {@code publickeyv1_} and base 58. */
    public String publicKey() {
        return publicKey;
    }

    /**
     * The headers that sign a request.
     *
     * @param path the request's path below the deployment's URI
     * @param key the object's or workflow's key; null for none
     */
    List<Header> sign(String path, @Nullable String key) {
        long now = clock.instant().getEpochSecond();
        if (key != null) {
            return sign(path, key, now);
        }
        // Within one second, a path has the same signature.
        return unkeyed.compute(
                        path,
                        (_, latest) -> latest != null && latest.second() == now
                                ? latest
                                : new Signed(now, sign(path, null, now)))
                .headers();
    }

    private List<Header> sign(String path, @Nullable String key, long now) {
        String claims = "{\"aud\":" + json(path)
                + ",\"exp\":" + (now + validSeconds)
                + ",\"iat\":" + now
                + ",\"nbf\":" + (now - validSeconds)
                + (key == null ? "" : ",\"sub\":" + json(key))
                + "}";
        return List.of(
                new Header(SignedToken.SCHEME_HEADER, SignedToken.SCHEME),
                new Header(SignedToken.TOKEN_HEADER, SignedToken.sign(this.key, header, claims)));
    }

    private static String json(String text) {
        return TextNode.valueOf(text).toString();
    }
}
