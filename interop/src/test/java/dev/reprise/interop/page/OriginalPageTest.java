package dev.reprise.interop.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.interop.harness.Browser;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page that the original carries, on our server: all its screens, none of whose questions may go unanswered. */
@Tag("process")
@ResourceLock("browser")
class OriginalPageTest {
    @Test
    void itsScreens_onOurServer_findAllTheyAskFor() throws IOException {
        assumeTrue(
                Browser.chromium().isPresent(),
                "The original's page is NOT TRIED: there is no chromium on the path, and CHROMIUM names none.");
        Server original = Server.start(ServerKind.ORIGINAL);
        try (Stage stage = new Stage()) {
            stage.run(
                    List.of("--test", "original-page.js"),
                    Map.of("ORIGINAL", original.admin().toString()));
        } finally {
            original.kill();
        }
    }
}
