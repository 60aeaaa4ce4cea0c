package dev.reprise.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestVerifierTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final String PATH = "/invoke/Greeter/greet";

    private final KeyPair keys = keys();
    private final RequestVerifier identity = new RequestVerifier(List.of(publicKey(keys)), InstantSource.fixed(NOW));

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] rawPublicKey(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static String publicKey(KeyPair pair) {
        byte[] key = rawPublicKey(pair);
        BigInteger number = new BigInteger(1, key);
        String alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        StringBuilder text = new StringBuilder();
        while (number.signum() > 0) {
            text.append(alphabet.charAt(number.mod(BigInteger.valueOf(58)).intValue()));
            number = number.divide(BigInteger.valueOf(58));
        }
        for (int i = 0; i < key.length && key[i] == 0; i++) {
            text.append('1');
        }
        return "publickeyv1_" + text.reverse();
    }

    private static String token(KeyPair signer, String algorithm, long notBefore, long expires) {
        return token(
                signer,
                "{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + publicKey(signer) + "\"}",
                "{\"aud\":\"/invoke/Greeter/greet\",\"nbf\":" + notBefore + ",\"exp\":" + expires + "}");
    }

    private static String token(KeyPair signer, String header, String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signer.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<String> denial(String token) {
        return identity.denial(Map.of("x-restate-signature-scheme", "v1", "x-restate-jwt-v1", token), PATH);
    }

    private static long at(int seconds) {
        return NOW.getEpochSecond() + seconds;
    }

    @Test
    void request_signedWithTheKey_isServed() {
        assertThat(denial(token(keys, "EdDSA", at(-60), at(60)))).isEmpty();
    }

    /** One key in 256. */
    @Test
    void request_signedWithAKeyThatBeginsWithAZero_isServed() {
        KeyPair zero = Stream.generate(RequestVerifierTest::keys)
                .filter(pair -> rawPublicKey(pair)[0] == 0)
                .findFirst()
                .orElseThrow();
        RequestVerifier check = new RequestVerifier(List.of(publicKey(zero)), InstantSource.fixed(NOW));
        String token = token(zero, "EdDSA", at(-60), at(60));
        assertThat(check.denial(Map.of("x-restate-signature-scheme", "v1", "x-restate-jwt-v1", token), PATH))
                .isEmpty();
    }

    @Test
    void request_signedWithAnotherKey_isDenied() {
        assertThat(denial(token(keys(), "EdDSA", at(-60), at(60))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("none of the keys"));
    }

    @Test
    void request_whoseClaimsWereChanged_isDenied() {
        String[] early = token(keys, "EdDSA", at(-60), at(-1)).split("\\.", -1);
        String[] late = token(keys, "EdDSA", at(-60), at(60)).split("\\.", -1);
        assertThat(denial(early[0] + "." + late[1] + "." + early[2])).isPresent();
    }

    @Test
    void request_thatIsLateOrEarly_isDenied() {
        assertThat(denial(token(keys, "EdDSA", at(-60), at(0))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("expired"));
        assertThat(denial(token(keys, "EdDSA", at(1), at(60))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("not valid yet"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"/invoke/Greeter/other\"",
                "\"/discover\"",
                "\"\"",
                "7",
                "null",
                "[]",
                "[\"/discover\"]",
                "{\"a\":\"/invoke/Greeter/greet\"}"
            })
    void request_signedForAnotherPath_isDenied(String audience) {
        String claims = "{\"aud\":" + audience + ",\"nbf\":" + at(-60) + ",\"exp\":" + at(60) + "}";
        assertThat(denial(token(keys, "{\"alg\":\"EdDSA\"}", claims)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("for another path"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"/invoke/Greeter/greet\"", "[\"/a\",\"/invoke/Greeter/greet\"]", "\"/invoke/Greeter/gr%65et\""
            })
    void request_signedForThePathInAnotherForm_isServed(String audience) {
        String claims = "{\"aud\":" + audience + ",\"nbf\":" + at(-60) + ",\"exp\":" + at(60) + "}";
        assertThat(denial(token(keys, "{\"alg\":\"EdDSA\"}", claims))).isEmpty();
    }

    @Test
    void request_withACriticalHeader_isDenied() {
        String claims = "{\"aud\":\"" + PATH + "\",\"nbf\":" + at(-60) + ",\"exp\":" + at(60) + "}";
        assertThat(denial(token(keys, "{\"alg\":\"EdDSA\",\"crit\":[\"b64\"],\"b64\":false}", claims)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("critical"));
    }

    @Test
    void request_withAnotherAlgorithm_isDenied() {
        assertThat(denial(token(keys, "none", at(-60), at(60)))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "a.b.c", "!.!.!", "e30.e30."})
    void request_withSomethingElse_isDenied(String token) {
        assertThat(denial(token)).isPresent();
    }

    @Test
    void request_unsigned_isDeniedOnlyWhenThereIsAKey() {
        assertThat(identity.denial(Map.of(), PATH))
                .hasValueSatisfying(reason -> assertThat(reason).contains("without a signature"));
        assertThat(identity.denial(Map.of("x-restate-signature-scheme", "unsigned"), PATH))
                .isPresent();
        assertThat(new RequestVerifier(List.of(), InstantSource.fixed(NOW)).denial(Map.of(), PATH))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "publickeyv1_", "publickeyv1_0OIl", "publickeyv2_x", "publickeyv1_2vWqz"})
    void key_thatIsNone_isRefusedAtOnce(String key) {
        assertThatThrownBy(() -> new RequestVerifier(List.of(key), InstantSource.fixed(NOW)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected an identity key");
    }
}
