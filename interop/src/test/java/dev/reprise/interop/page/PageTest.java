package dev.reprise.interop.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.interop.harness.Browser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every screen of the page, in a browser, on a server with services. */
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class PageTest {
    private Stage stage;

    @BeforeAll
    void start() throws IOException {
        assumeTrue(
                Browser.chromium().isPresent(),
                "The page is NOT TRIED in a browser: there is no chromium on the path, and CHROMIUM names none."
                        + " .ci/chromium installs one.");
        stage = new Stage();
    }

    @AfterAll
    void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> screens() {
        // The one of an empty server comes first: its name begins with a 0.
        return Browser.tests().stream()
                .map(test -> DynamicTest.dynamicTest(test, () -> stage.run(List.of("--test", test), Map.of())));
    }
}
