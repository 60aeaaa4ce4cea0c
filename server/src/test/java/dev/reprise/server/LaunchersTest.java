package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The two launchers, of the clone and of the distribution, with next to nothing in their environment, as systemd and
 * cron start programs. In the place of a JDK is a program that says how it was called.
 */
class LaunchersTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path jdk;
    private Path clone;
    private Path elsewhere;

    @BeforeEach
    void lay() throws IOException {
        jdk = folder.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        program(jdk.resolve("bin/java"), "echo \"in $PWD\"; printf 'word %s\\n' \"$@\"");
        program(jdk.resolve("bin/javac"), "exit 0");
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        clone = folder.resolve("clone");
        for (String file :
                List.of("reprise", "server/src/main/dist/bin/reprise", "server/src/main/dist/conf/jvm.options")) {
            Files.createDirectories(clone.resolve(file).getParent());
            Files.copy(PROJECT.resolve(file), clone.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        build();
    }

    /** A tree in which everything is built. */
    private void build() throws IOException {
        Files.createDirectories(clone.resolve(".mvn"));
        Files.writeString(clone.resolve("pom.xml"), "");
        for (String module : List.of("server", "examples", "simulator", "benchmarks")) {
            Files.createDirectories(clone.resolve(module).resolve("target"));
            Files.createDirectories(clone.resolve(module).resolve("src/main"));
            Files.writeString(clone.resolve(module).resolve("pom.xml"), "");
            Files.writeString(clone.resolve(module).resolve("target/classpath.txt"), "a.jar");
        }
        Files.writeString(clone.resolve("server/target/reprise-server.jar"), "");
        Files.createDirectories(clone.resolve(".reprise"));
        Files.writeString(clone.resolve(".reprise/built"), "");
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void clone_calledFromElsewhere_serverRunsWithTheCallersPaths() throws IOException {
        List<String> said = call(clone.resolve("reprise"), "server", "--dump-config", "--config-file", "mine.toml");
        assertThat(said).contains("in " + elsewhere, "word --config-file", "word mine.toml");
        assertThat(said).contains("word " + clone.resolve("server/target/reprise-server.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run examples a.B", "demo", "example saga", "sim --seed 1", "bench latency", "jmh"})
    void clone_calledFromElsewhere_programRunsWithTheCallersPaths(String words) throws IOException {
        List<String> said = call(clone.resolve("reprise"), words.split(" ", -1));
        assertThat(said).contains("in " + elsewhere);
        assertThat(said).anyMatch(line -> line.startsWith("word " + clone) && line.endsWith("target/classes:a.jar"));
    }

    @Test
    void clone_calledByALink_isFound() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), clone.resolve("reprise"));
        assertThat(call(link, "demo")).contains("in " + elsewhere);
    }

    @Test
    void distribution_calledFromElsewhere_runsWithTheCallersPaths() throws IOException {
        Path launcher = clone.resolve("server/src/main/dist/bin/reprise");
        Files.createDirectories(clone.resolve("server/src/main/dist/lib"));
        Files.writeString(clone.resolve("server/src/main/dist/lib/reprise-server.jar"), "");
        List<String> said = call(launcher, "server", "--version");
        assertThat(said).contains("in " + elsewhere, "word dev.reprise.server.Main", "word --version");
    }

    /** What a container asks itself, without curl and without a JVM. */
    @ParameterizedTest
    @CsvSource({"200, 0, well", "503, 1, not well: HTTP/1.1 503 x why"})
    void distribution_health_isWhatTheServerSays(int status, int exit, String expected) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answer(listening, status));
            asked(listening.getLocalPort(), exit, expected);
        }
    }

    @Test
    void distribution_healthWithoutServer_saysThatNobodyListens() throws IOException {
        asked(1, 1, "nobody listens on port 1");
    }

    @Test
    void distribution_healthOfAServerThatHangsUp_saysThatThereIsNoAnswer() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> reset(listening));
            asked(listening.getLocalPort(), 1, "no answer on port " + listening.getLocalPort());
        }
    }

    private static void asked(int port, int exit, String expected) throws IOException {
        Process process = new ProcessBuilder(
                        "/bin/bash",
                        PROJECT.resolve("server/src/main/dist/bin/reprise").toString(),
                        "health",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains(expected);
        assertThat(process.onExit().join().exitValue()).isEqualTo(exit);
    }

    private static void reset(ServerSocket listening) {
        try (Socket client = listening.accept()) {
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(ServerSocket listening, int status) {
        try (Socket client = listening.accept()) {
            readRequest(client.getInputStream());
            client.getOutputStream()
                    .write(("HTTP/1.1 " + status + " x\r\nconnection: close\r\n\r\nwhy\n")
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the empty line, for a connection closed with unread bytes is reset and may lose the answer. */
    private static void readRequest(InputStream from) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            int next = from.read();
            assertThat(next).as("after %s", read).isNotNegative();
            read.append((char) next);
        }
    }

    /** What the launcher says, called in another folder with {@code PATH} and {@code JAVA_HOME} alone. */
    private List<String> call(Path launcher, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/bash", launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("JAVA_HOME", jdk.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
        return said.lines().toList();
    }
}
