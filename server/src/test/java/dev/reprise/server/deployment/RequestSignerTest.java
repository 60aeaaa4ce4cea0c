package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.protocol.Header;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens are checked as the SDKs check them: by the key's text, base 58 and a plain Ed25519 verification. */
class RequestSignerTest {
    /** RFC 8032, section 7.1, test 1. */
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String PKCS8_PREFIX = "302e020100300506032b657004220420";
    private static final String X509_PREFIX = "302a300506032b6570032100";
    private static final Duration VALID = Duration.ofSeconds(90);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path pem(String... keys) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            text.append("-----BEGIN PRIVATE KEY-----\n")
                    .append(Base64.getMimeEncoder()
                            .encodeToString(HexFormat.of().parseHex(key)))
                    .append("\n-----END PRIVATE KEY-----\n");
        }
        return Files.writeString(folder.resolve("key.pem"), text);
    }

    private RequestSigner identity() throws Exception {
        return RequestSigner.read(pem(PKCS8_PREFIX + SEED), VALID, CLOCK);
    }

    @Test
    void publicKey_ofTheRfcsSeed_isTheRfcsKey() throws Exception {
        String key = identity().publicKey();
        assertThat(key).startsWith("publickeyv1_");
        assertThat(HexFormat.of().formatHex(base58(key.substring("publickeyv1_".length()))))
                .isEqualTo(PUBLIC);
    }

    @Test
    void sign_keyed_hasTheClaimsAndAValidSignature() throws Exception {
        List<Header> headers = identity().sign("/invoke/Counter/add", "a \"key\"");
        assertThat(headers.getFirst()).isEqualTo(new Header("x-restate-signature-scheme", "v1"));
        assertThat(headers.getLast().key()).isEqualTo("x-restate-jwt-v1");
        String[] parts = headers.getLast().value().split("\\.", -1);
        assertThat(parts).hasSize(3);
        JsonNode header = json(parts[0]);
        assertThat(header.path("alg").asText()).isEqualTo("EdDSA");
        assertThat(header.path("typ").asText()).isEqualTo("JWT");
        assertThat(header.path("kid").asText()).isEqualTo(identity().publicKey());
        JsonNode claims = json(parts[1]);
        assertThat(claims.path("aud").asText()).isEqualTo("/invoke/Counter/add");
        assertThat(claims.path("sub").asText()).isEqualTo("a \"key\"");
        assertThat(claims.path("iat").asLong()).isEqualTo(1_800_000_000);
        assertThat(claims.path("nbf").asLong()).isEqualTo(1_800_000_000 - 90);
        assertThat(claims.path("exp").asLong()).isEqualTo(1_800_000_000 + 90);
        assertThat(isSigned(parts)).isTrue();
    }

    @Test
    void sign_unkeyed_hasNoSubject() throws Exception {
        String[] parts = identity().sign("/discover", null).getLast().value().split("\\.", -1);
        assertThat(json(parts[1]).has("sub")).isFalse();
        assertThat(isSigned(parts)).isTrue();
    }

    @Test
    void read_somethingElse_saysWhatWasExpected() throws Exception {
        String key = PKCS8_PREFIX + SEED;
        assertThatThrownBy(() -> RequestSigner.read(pem(key, key), VALID, CLOCK))
                .hasMessageContaining("more than one");
        assertThatThrownBy(() -> RequestSigner.read(pem(), VALID, CLOCK)).hasMessageContaining("no private key");
        assertThatThrownBy(() -> RequestSigner.read(pem("00ff"), VALID, CLOCK)).hasMessageContaining("another key");
        assertThatThrownBy(() -> RequestSigner.read(folder.resolve("none.pem"), VALID, CLOCK))
                .hasMessageContaining("openssl genpkey -algorithm ed25519");
    }

    private static JsonNode json(String part) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private static boolean isSigned(String[] parts) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(X509_PREFIX + PUBLIC))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private static byte[] base58(String text) {
        String alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(alphabet.indexOf(text.charAt(i))));
        }
        byte[] bytes = value.toByteArray();
        return bytes.length == 33 ? Arrays.copyOfRange(bytes, 1, 33) : bytes;
    }
}
