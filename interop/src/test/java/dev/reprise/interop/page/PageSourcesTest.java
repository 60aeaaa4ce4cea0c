package dev.reprise.interop.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.interop.harness.Browser;
import dev.reprise.interop.harness.Folders;
import dev.reprise.interop.harness.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page's sources without a browser. */
@Tag("process")
class PageSourcesTest {
    private static final Path UI = Folders.module().resolveSibling("ui");
    private static final Path LIBRARIES = UI.resolve("target/libraries");
    private static final int LINES_MAX = 200;

    @Test
    void types_fit() throws IOException {
        Map<String, Object> options = Map.ofEntries(
                Map.entry("allowJs", true),
                Map.entry("checkJs", true),
                Map.entry("noEmit", true),
                Map.entry("strict", true),
                Map.entry("skipLibCheck", true),
                Map.entry("target", "ES2023"),
                Map.entry("module", "ESNext"),
                Map.entry("moduleResolution", "bundler"),
                Map.entry("lib", List.of("ES2023", "DOM", "DOM.Iterable")),
                Map.entry("types", List.of()),
                Map.entry(
                        "paths",
                        Map.of(
                                "preact", List.of(library("preact/[^/]+/src/index.d.ts")),
                                "preact/hooks", List.of(library("preact/[^/]+/hooks/src/index.d.ts")),
                                "uplot", List.of(library("uplot/[^/]+/dist/uPlot.d.ts")))));
        Path project = Folders.fresh("types").resolve("tsconfig.json");
        Files.writeString(
                project,
                Json.write(Map.of(
                        "compilerOptions",
                        options,
                        "include",
                        List.of(UI.resolve("src/types") + "/*.d.ts", UI.resolve("src/main/web") + "/**/*.js"))));

        Browser.node(List.of("node_modules/typescript/bin/tsc", "-p", project.toString()), Map.of());
    }

    private static String library(String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(LIBRARIES)) {
            return files.map(Path::toString)
                    .filter(file -> file.matches(".*/" + pattern))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("Expected " + pattern + " under " + LIBRARIES
                            + ", where the build of the module ui puts it; found none."));
        }
    }

    @Test
    void models_makeOfJournalsWhatTheyShould() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--test"));
        try (Stream<Path> tests = Files.list(UI.resolve("src/test/js"))) {
            tests.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .forEach(arguments::add);
        }

        Browser.node(arguments, Map.of());
    }

    @Test
    void sources_areShort_andPutNoMarkupIn() throws IOException {
        try (Stream<Path> files = Files.walk(UI.resolve("src/main/web"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
                String source = Files.readString(file);
                assertThat(source.lines()).as("%s", file).hasSizeLessThanOrEqualTo(LINES_MAX);
                assertThat(source).as("%s", file).doesNotContain("innerHTML", "dangerouslySetInnerHTML", "outerHTML");
            }
        }
    }
}
