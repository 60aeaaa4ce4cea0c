package dev.reprise.interop.page;

import dev.reprise.interop.harness.Folders;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Makes the pictures of {@code docs/ui.md}; {@code ./reprise screenshots} asks for it. */
@Tag("process")
@EnabledIfSystemProperty(named = "screenshots", matches = "write")
class ScreenshotsTest {
    @Test
    void pages_arePictured() throws IOException {
        String folder =
                Folders.module().resolveSibling("docs").resolve("images").toString();
        try (Stage stage = new Stage()) {
            stage.run(List.of("screenshots.js"), Map.of("SCREENSHOTS", folder));
        }
    }
}
