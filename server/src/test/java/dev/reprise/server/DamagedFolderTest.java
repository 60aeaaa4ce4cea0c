package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server process refuses a data folder of which a small file is missing, empty or changed, and says what to do. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("process")
class DamagedFolderTest {
    private Path root;

    private Path whole;

    @BeforeAll
    void fill(@TempDir Path empty) throws IOException {
        root = empty;
        Path folder = Files.createDirectory(root.resolve("whole"));
        try (EndpointServer service = Endpoint.bind(ServiceDefinition.service("Echo")
                                .handler("say", String.class, String.class, (_, text) -> text)
                                .build())
                        .listen(0);
                ChildProcess server = start(folder)) {
            String deployment = "{\"uri\":\"http://127.0.0.1:" + service.port() + "\"}";
            assertThat(server.post("admin API", "/deployments", deployment).statusCode())
                    .isEqualTo(201);
            assertThat(server.post("ingress", "/Echo/say", "\"hello\"").body()).isEqualTo("\"hello\"");
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
        whole = folder.resolve("data");
    }

    private static ChildProcess start(Path folder, String... more) throws IOException {
        String[] flags = Stream.concat(
                        Stream.of("--base-dir", "data", "--bind-ip", "127.0.0.1", "--use-random-ports", "true"),
                        Stream.of(more))
                .toArray(String[]::new);
        return ChildProcess.server(folder, flags);
    }

    private Path copy() throws IOException {
        Path folder = Files.createTempDirectory(root, "copy");
        List<Path> all;
        try (Stream<Path> files = Files.walk(whole)) {
            all = files.toList();
        }
        for (Path file : all) {
            Files.copy(
                    file, folder.resolve("data").resolve(whole.relativize(file).toString()));
        }
        return folder;
    }

    private static void damage(Path file, String how) throws IOException {
        switch (how) {
            case "missing" -> Files.delete(file);
            case "empty" -> Files.write(file, new byte[0]);
            default -> {
                byte[] bytes = Files.readAllBytes(file);
                int at = bytes.length / 2;
                bytes[at] = (byte) (bytes[at] == '1' ? '2' : '1');
                Files.write(file, bytes);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "FORMAT, missing, has no file FORMAT",
        "FORMAT, empty, should say how the folder is to be read",
        "FORMAT, changed, should say how the folder is to be read",
        "registry.json, missing, has no file registry.json",
        "registry.json, empty, registry.json",
        "registry.json, changed, registry.json",
        "log/FORMAT, missing, has segments but no file FORMAT",
        "log/FORMAT, empty, log/FORMAT should say",
        "log/FORMAT, changed, the log in",
        "log/END, missing, END",
        "log/END, empty, END",
        "store/FORMAT, missing, has no file FORMAT",
        "store/FORMAT, empty, store/FORMAT should say",
        "store/FORMAT, changed, the store in",
        "store/CURRENT, missing, store",
        "store/CURRENT, empty, store",
        "store/CURRENT, changed, store"
    })
    void file_damaged_isRefusedWithWhatToDo(String file, String how, String message) throws IOException {
        Path folder = copy();
        damage(folder.resolve("data").resolve(file), how);
        try (ChildProcess server = start(folder)) {
            assertThat(server.exitCode()).as(server.output()).isEqualTo(1);
            assertThat(server.output().lines().filter(line -> line.startsWith("reprise: ")))
                    .singleElement()
                    .asString()
                    .contains(message)
                    .containsAnyOf("copy", "Restore", "restore", "--accept-loss", "Put", "back");
            assertThat(server.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void folder_whole_isServedAgain() throws IOException {
        try (ChildProcess server = start(copy(), "--default-num-partitions", "3")) {
            assertThat(server.get("ingress", "/restate/health")).isEqualTo("{\"services\":[\"Echo\"]}");
        }
    }
}
