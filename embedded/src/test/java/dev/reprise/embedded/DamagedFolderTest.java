package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.Target;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.sdk.service.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An embedded engine refuses a folder of which a small file is missing, empty or changed, and says what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedFolderTest {
    private Path root;

    private Path whole;

    private static Reprise start(Path folder) {
        return Reprise.embedded()
                .folder(folder)
                .bind(ServiceDefinition.service("Echo")
                        .handler("say", String.class, String.class, (_, text) -> text)
                        .build())
                .start();
    }

    @BeforeAll
    void fill(@TempDir Path folder) {
        root = folder;
        whole = root.resolve("whole");
        try (Reprise reprise = start(whole)) {
            assertThat(reprise.client().call(Target.service("Echo", "say"), "hello", String.class))
                    .isEqualTo("hello");
        }
    }

    private Path copy() throws IOException {
        Path folder = Files.createTempDirectory(root, "copy").resolve("data");
        List<Path> all;
        try (Stream<Path> files = Files.walk(whole)) {
            all = files.toList();
        }
        for (Path file : all) {
            Files.copy(file, folder.resolve(whole.relativize(file).toString()));
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
        damage(folder.resolve(file), how);
        assertThatThrownBy(() -> start(folder).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(message)
                .message()
                .containsAnyOf("copy", "Restore", "restore", "acceptLoss", "accept-loss", "Put", "back");
    }

    @Test
    void folder_whole_isOpenedAgain() throws IOException {
        try (Reprise reprise = start(copy())) {
            assertThat(reprise.client().call(Target.service("Echo", "say"), "again", String.class))
                    .isEqualTo("again");
        }
    }
}
