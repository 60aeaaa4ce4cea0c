package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: started, killed, told to end, and kept from starting. */
@Tag("process")
class ServerProcessTest {
    @TempDir
    private Path folder;

    private ChildProcess start(String... more) throws IOException {
        String[] flags = new String[more.length + 6];
        System.arraycopy(
                new String[] {"--base-dir", "data", "--bind-ip", "127.0.0.1", "--use-random-ports", "true"},
                0,
                flags,
                0,
                6);
        System.arraycopy(more, 0, flags, 6, more.length);
        return ChildProcess.server(folder, flags);
    }

    @Test
    void sigkill_thenStartOnTheSameFolderAndPort_serves() throws IOException {
        int port;
        try (ChildProcess first = start("--default-num-partitions", "5")) {
            assertThat(first.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            port = first.port("ingress");
            first.kill();
        }
        Path config =
                Files.writeString(folder.resolve("r.toml"), "[ingress]\nbind-address = \"127.0.0.1:" + port + "\"\n");
        try (ChildProcess second = start("--config-file", config.toString(), "--default-num-partitions", "3")) {
            assertThat(second.port("ingress")).isEqualTo(port);
            assertThat(second.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            assertThat(second.output()).contains("5 partitions");
        }
    }

    @Test
    void sigterm_endsInOrderWithZero() throws IOException {
        try (ChildProcess server = start()) {
            server.get("ingress", "/restate/health");
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).contains("ended in order");
        }
    }

    @Test
    void folderInUse_endsWithALine() throws IOException {
        try (ChildProcess first = start()) {
            first.port("ingress");
            try (ChildProcess second = start()) {
                assertRefused(second, "in use by another process");
            }
        }
    }

    @Test
    void portTaken_endsWithALine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildProcess server =
                        start("--config-file", ingressOn(taken.getLocalPort()).toString())) {
            assertRefused(
                    server,
                    "cannot serve the ingress on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use. End the process that listens there, or set another port");
        }
    }

    private Path ingressOn(int port) throws IOException {
        return Files.writeString(folder.resolve("port.toml"), "[ingress]\nbind-address = \"127.0.0.1:" + port + "\"\n");
    }

    @Test
    void baseDirIsAFile_endsWithALine() throws IOException {
        Files.writeString(folder.resolve("data"), "a file");
        try (ChildProcess server = start()) {
            assertRefused(server, "it is a file. It must be a folder that this process may read and write");
        }
    }

    @Test
    void wrongValue_endsWithALineThatNamesThePlace() throws IOException {
        Path config = Files.writeString(folder.resolve("wrong.toml"), "\nshutdown-timeout = 5\n");
        try (ChildProcess server = start("--config-file", config.toString())) {
            assertRefused(server, "wrong.toml:2: shutdown-timeout must be a duration");
        }
    }

    private static void assertRefused(ChildProcess server, String message) {
        assertThat(server.exitCode()).isEqualTo(1);
        assertThat(server.output().lines().filter(line -> line.startsWith("reprise: ")))
                .singleElement()
                .asString()
                .contains(message);
        assertThat(server.output()).doesNotContain("\tat ");
    }

    @Test
    void unknownFlag_endsWithTwo() throws IOException {
        try (ChildProcess server = start("--bogus")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("Unknown option: '--bogus'");
        }
    }

    @Test
    void dumpConfig_printsWhatIsInForce() throws IOException {
        try (ChildProcess server = start("--cluster-name", "mine", "--dump-config")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.output().lines()).contains("cluster-name = \"mine\"", "[worker.invoker]");
        }
    }

    @Test
    void version_isPrinted() throws IOException {
        try (ChildProcess server = start("--version")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).matches("reprise \\S+\n");
        }
    }

    @Test
    void help_listsTheFlags() throws IOException {
        try (ChildProcess server = start("--help")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.output())
                    .startsWith("Usage: reprise server [--config-file FILE]")
                    .contains("--base-dir", "--dump-config", "RESTATE_WORKER__INVOKER__ABORT_TIMEOUT");
        }
    }

    @Test
    void unknownKey_isTheLogsFirstWarning_andTheServerServes() throws IOException {
        try (ChildProcess server = ChildProcess.configuredServer(folder, "\nbogus = 1\n")) {
            assertThat(server.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            assertThat(server.output().lines().filter(line -> line.contains("WARN")))
                    .first()
                    .asString()
                    .contains("server.toml:2: unknown key bogus is ignored");
        }
    }

    @Test
    void identityKey_isToldWithThePublicKeyThatEndpointsCheck() throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path key = folder.resolve("identity.pem");
        Files.writeString(
                key,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        String setting = "\nrequest-identity-private-key-pem-file = \"" + key + "\"\n";
        try (ChildProcess server = ChildProcess.configuredServer(folder, setting)) {
            assertThat(server.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            assertThat(server.output()).containsPattern("signed, checked with publickeyv1_[1-9A-HJ-NP-Za-km-z]+");
        }
    }
}
