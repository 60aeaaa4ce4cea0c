package dev.reprise.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;

class SignedTokenTest {
    private static KeyPair pair() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    void token_signed_isBelievedOfItsKeyAlone() throws Exception {
        KeyPair pair = pair();
        String text = SignedToken.sign(pair.getPrivate(), SignedToken.encode("{}"), "{\"aud\":\"/discover\"}");
        SignedToken token = SignedToken.parse(text).orElseThrow();
        assertThat(new String(token.claims(), StandardCharsets.UTF_8)).isEqualTo("{\"aud\":\"/discover\"}");
        assertThat(token.isSignedBy(IdentityKey.parse(IdentityKey.text(pair.getPublic()))))
                .isTrue();
        assertThat(token.isSignedBy(pair().getPublic())).isFalse();
        String others = SignedToken.encode("{}") + "." + SignedToken.encode("{\"aud\":\"/invoke\"}");
        assertThat(SignedToken.parse(others + text.substring(text.lastIndexOf('.')))
                        .orElseThrow()
                        .isSignedBy(pair.getPublic()))
                .isFalse();
    }

    @Test
    void token_malformed_isTakenForNone() {
        assertThat(SignedToken.parse("")).isEmpty();
        assertThat(SignedToken.parse("a.b")).isEmpty();
        assertThatThrownBy(() -> SignedToken.parse("a.?.c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void base58_leadingZeros_areOnes() {
        assertThat(Base58.encode(new byte[] {0, 0, 1})).isEqualTo("112");
        assertThat(Base58.encode("Hello World!".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("2NEpo7TZRRrLZSi2U");
    }

    @Test
    void base58_leadingZeros_areKept() {
        byte[] bytes = {0, 0, 1, 2, -1};
        assertThat(Base58.encode(bytes)).startsWith("11");
        assertThat(Base58.decode(Base58.encode(bytes))).hasValue(bytes);
        assertThat(Base58.decode("0OIl")).isEmpty();
    }
}
