package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is started with a umask that leaves all rights to everybody keeps what it writes to its owner. */
@Timeout(120)
@Tag("process")
class PermissiveUmaskTest {
    @TempDir
    private Path folder;

    /** One that has RocksDB's library to unpack. */
    private ChildProcess start(Path temporary) throws IOException {
        List<String> flags = List.of("-Djava.io.tmpdir=" + temporary, "-Djava.library.path=");
        return ChildProcess.serverWithUmask(folder, "000", flags);
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** All below a folder. */
    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder)).toList();
        }
    }

    private static void assertPrivate(Path file) throws IOException {
        assertThat(rights(file)).as(file.toString()).isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
    }

    @Test
    void everythingWritten_isItsOwnersAlone() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path data = folder.resolve("data");
        try (EndpointServer service = Endpoint.bind(ServiceDefinition.service("Echo")
                                .handler("say", String.class, String.class, (_, text) -> text)
                                .build())
                        .listen(0);
                ChildProcess server = start(temporary)) {
            String deployment = "{\"uri\":\"http://127.0.0.1:" + service.port() + "\"}";
            assertThat(server.post("admin API", "/deployments", deployment).statusCode())
                    .isEqualTo(201);
            assertThat(server.post("ingress", "/Echo/say", "\"hello\"").body()).isEqualTo("\"hello\"");
            assertPrivate(data);
            // What RocksDB makes while it runs lies in a folder that others cannot enter.
            for (Path part : List.of(data.resolve("log"), data.resolve("store"), data.resolve("registry.json"))) {
                assertPrivate(part);
            }
            // The library that is loaded is code: nobody else may have changed it.
            for (Path file : below(temporary)) {
                if (!file.toString().contains("hsperfdata")) {
                    assertThat(rights(file)).as(file.toString()).endsWith("------");
                }
            }
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
        List<Path> all = below(data);
        assertThat(all).hasSizeGreaterThan(10);
        for (Path file : all) {
            assertPrivate(file);
        }
    }

    @Test
    void folderThatOthersMayRead_isUsedWithAWarning_andNewFilesArePrivate() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (ChildProcess server = start(temporary)) {
            assertThat(server.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            assertThat(server.output().lines().filter(line -> line.contains("WARN") && line.contains("chmod 700")))
                    .singleElement()
                    .asString()
                    .contains("others than their owner may use", "rwxr-xr-x");
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
        assertThat(rights(data)).isEqualTo("rwxr-xr-x");
        for (Path file : below(data)) {
            assertPrivate(file);
        }
    }
}
