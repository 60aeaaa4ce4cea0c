package dev.reprise.interop.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.interop.harness.Browser;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every screen of the page, in a browser, on a server with services. */
@Tag("process")
@Order(1) // it takes longest, so that it must not begin last
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

    /**
     * In one process and one browser; the end of its log names what failed. The files whose names begin with a 0 come
     * first: they want an empty server.
     */
    @Test
    void screens_doWhatTheyShow() {
        stage.run(
                Stream.concat(Stream.of("--test-reporter=spec", "all.js"), Browser.tests().stream())
                        .toList(),
                Map.of());
    }
}
