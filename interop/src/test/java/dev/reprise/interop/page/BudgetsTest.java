package dev.reprise.interop.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.interop.harness.Browser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What the page costs on a server with many invocations: 20,000, or as many as {@code -Dpage.invocations=1000000}
 * says, which takes some minutes to load. What it measures is printed.
 */
@Tag("process")
@ResourceLock("browser")
class BudgetsTest {
    private static final int INVOCATIONS = Integer.getInteger("page.invocations", 20_000);

    @Test
    @SuppressWarnings("SystemOut") // what is measured is for people
    void pages_ofAServerWithManyInvocations_askForLittle() throws IOException {
        assumeTrue(
                Browser.chromium().isPresent(),
                "What the page costs is NOT MEASURED: there is no chromium on the path, and CHROMIUM names none.");
        try (Stage stage = new Stage()) {
            String printed = stage.run(
                    List.of("--test", "--test-reporter=spec", "budgets.js"),
                    Map.of("INVOCATIONS", String.valueOf(INVOCATIONS)));
            printed.lines()
                    .filter(line -> line.contains("ℹ") && line.matches(".*( ms|KiB| %).*"))
                    .forEach(System.out::println);
        }
    }
}
