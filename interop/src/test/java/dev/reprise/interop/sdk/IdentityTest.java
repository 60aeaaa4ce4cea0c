package dev.reprise.interop.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.interop.harness.Folders;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import dev.reprise.interop.harness.ServicesProcess;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Services that serve no one but the server that holds a key. */
final class IdentityTest {
    private static final String BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    @ParameterizedTest
    @EnumSource
    void signedRequests_ofTheKnownKeyAlone_areServed(ServerKind kind) throws IOException, GeneralSecurityException {
        KeyPair known = keys();
        Path pem = Folders.fresh("identity").resolve("key.pem");
        Files.writeString(pem, pem(known));
        Server server = Server.start(kind, Map.of("RESTATE_REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE", pem.toString()));

        ServicesProcess trusting = ServicesProcess.ofOurSdk(publicKey(known));
        server.register(trusting.address(), false);
        assertThat(server.call("/OpsRepriseKilled/greet", "Ada").body()).isEqualTo("\"Hello Ada\"");

        ServicesProcess stranger = ServicesProcess.ofOurSdk(publicKey(keys()));
        assertThatThrownBy(() -> server.register(stranger.address(), false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("401");
        server.kill();
        trusting.kill();
        stranger.kill();
    }

    private static KeyPair keys() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static String pem(KeyPair keys) {
        String body = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    private static String publicKey(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        BigInteger number = new BigInteger(1, key);
        StringBuilder text = new StringBuilder();
        while (number.signum() > 0) {
            text.append(BASE_58.charAt(number.mod(BigInteger.valueOf(58)).intValue()));
            number = number.divide(BigInteger.valueOf(58));
        }
        for (int i = 0; i < key.length && key[i] == 0; i++) {
            text.append(BASE_58.charAt(0));
        }
        return "publickeyv1_" + text.reverse();
    }
}
