package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked somewhere else and started as its user would. Runs after packaging. */
@Tag("process")
class DistributionIT {
    @TempDir
    private Path folder;

    @Test
    void unpacked_startsAndServes_fasterTheSecondTime() throws IOException {
        String archive = System.getProperty("reprise.distribution");
        assertThat(archive).as("the system property reprise.distribution").isNotNull();
        Process tar = new ProcessBuilder("tar", "-xzf", archive, "-C", folder.toString())
                .inheritIO()
                .start();
        assertThat(tar.onExit().join().exitValue()).isZero();
        Path home = unpacked();
        assertThat(home.resolve("LICENSE")).exists();
        assertThat(home.resolve("Dockerfile")).exists();
        assertThat(home.resolve("docs/errors.md")).exists();
        assertThat(home.resolve("systemd/reprise.service")).exists();
        try (ChildProcess first = start(home)) {
            assertThat(first.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            assertThat(first.output()).contains("preparing faster starts in the background");
            first.await("the cache for the next start", () -> Files.exists(home.resolve("cache/fingerprint")));
            first.terminate();
            assertThat(first.exitCode()).isZero();
        }
        assertThat(home.resolve("cache/classes.aot")).exists();
        try (ChildProcess second = start(home)) {
            assertThat(second.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            assertThat(second.output()).doesNotContain("preparing faster starts");
            assertThat(health(home, second)).isEqualTo("well\n");
        }
        theUsersOwnFolder_isNoCache(home);
    }

    /** A folder that was not made as a cache is neither used nor removed. */
    private void theUsersOwnFolder_isNoCache(Path home) throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        Path precious = Files.writeString(own.resolve("precious.txt"), "mine");
        Files.writeString(own.resolve("fingerprint"), "one of the names in a cache");
        for (String call : List.of("prepare", "server")) {
            try (ChildProcess refused = start(home, Map.of("REPRISE_CACHE", own.toString()), call)) {
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.output()).contains(own + " holds other files than a cache");
            }
        }
        assertThat(precious).hasContent("mine");
    }

    /** As a container asks. */
    private static String health(Path home, ChildProcess server) throws IOException {
        Process asking = new ProcessBuilder(
                        home.resolve("bin/reprise").toString(), "health", Integer.toString(server.port("admin API")))
                .start();
        return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Path unpacked() throws IOException {
        try (var found = Files.newDirectoryStream(folder, "reprise-*")) {
            return found.iterator().next();
        }
    }

    private ChildProcess start(Path home) throws IOException {
        return start(
                home, Map.of(), "server", "--base-dir", "data", "--bind-ip", "127.0.0.1", "--use-random-ports", "true");
    }

    private ChildProcess start(Path home, Map<String, String> more, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/reprise").toString()));
        command.addAll(List.of(words));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return ChildProcess.start(folder, command, environment);
    }
}
