package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked somewhere else and started as its user would. Runs after packaging. */
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
        assertThat(home.resolve("systemd/reprise.service")).exists();
        try (ChildProcess first = start(home)) {
            assertThat(first.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            assertThat(first.output()).contains("preparing faster starts");
            first.terminate();
            assertThat(first.exitCode()).isZero();
        }
        assertThat(home.resolve("cache/classes.aot")).exists();
        try (ChildProcess second = start(home)) {
            assertThat(second.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            assertThat(second.output()).doesNotContain("preparing faster starts");
        }
    }

    private Path unpacked() throws IOException {
        try (var found = Files.newDirectoryStream(folder, "reprise-*")) {
            return found.iterator().next();
        }
    }

    private ChildProcess start(Path home) throws IOException {
        return ChildProcess.start(
                folder,
                List.of(
                        home.resolve("bin/reprise").toString(),
                        "server",
                        "--base-dir",
                        "data",
                        "--bind-ip",
                        "127.0.0.1",
                        "--use-random-ports",
                        "true"),
                Map.of("JAVA_HOME", System.getProperty("java.home")));
    }
}
