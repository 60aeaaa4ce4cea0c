package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.handler.StartException;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.sdk.service.ServiceDefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a start fails: as an endpoint's does. */
class StartTest {
    @TempDir
    Path folder;

    private static ServiceDefinition echo() {
        return ServiceDefinition.service("Echo")
                .handler("say", String.class, String.class, (ctx, text) -> text)
                .build();
    }

    private Reprise.Builder builder(Path path) {
        return Reprise.embedded().folder(path).bind(echo());
    }

    @Test
    void folder_inUse_isToldWithWhatToDo() {
        try (Reprise first = builder(folder).start()) {
            assertThatThrownBy(() -> builder(folder).start())
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("Expected to start on the folder " + folder + ", failed: ")
                    .hasMessageContaining("in use");
            first.client();
        }
    }

    @Test
    void folder_thatIsAFile_isToldWithWhatToDo() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> builder(file).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("It must be one that this process may read and write");
    }

    @Test
    void twoServicesOfOneName_areRefusedWhenBound() {
        Reprise.Builder builder = builder(folder);

        assertThatThrownBy(() -> builder.bind(echo()))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessage(
                        "Expected each service bound to have a name of its own, found two named \"Echo\". Give one of"
                                + " them another with @Name.");
    }
}
