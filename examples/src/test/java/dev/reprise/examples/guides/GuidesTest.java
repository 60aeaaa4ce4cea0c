package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the guides show is what is compiled and tested: each block of Java stands, line by line, in a source of this
 * module.
 */
class GuidesTest {
    private static final Pattern ARTIFACT = Pattern.compile(
            "<groupId>dev.reprise</groupId>\\s*<artifactId>reprise-(.*?)</artifactId>\\s*<version>(.*?)</version>");

    private static final Pattern LIBRARY =
            Pattern.compile("<artifactId>(junit|assertj)-(?:jupiter|core)</artifactId>\\s*<version>(.*?)</version>");

    private static final List<String> SOURCES = sources();

    private static List<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> Guide.comparable(Guide.read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the sources of this module", e);
        }
    }

    static List<Guide> guides() {
        return Guide.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guides")
    void block_ofJava_isAnExcerptOfATestedSource(Guide guide) {
        assertThat(guide.javaBlocks())
                .allSatisfy(block -> assertThat(SOURCES).anyMatch(source -> source.contains(block)));
    }

    /** What a guide's blocks are compiled with there should be what they are compiled with here. */
    @Test
    void libraries_namedInGuides_areOfThisBuildsVersions() {
        String parent = Guide.read(Path.of("..", "pom.xml"));
        List<MatchResult> named =
                LIBRARY.matcher(Guide.named("testing.md").text()).results().toList();
        assertThat(named)
                .hasSize(2)
                .allSatisfy(library ->
                        assertThat(parent).contains("<" + library.group(1) + ".version>" + library.group(2)));
    }

    @Test
    void guides_withJava_areFound() {
        assertThat(guides().stream()
                        .filter(guide -> !guide.javaBlocks().isEmpty())
                        .map(Guide::name))
                .contains(
                        "concurrent-tasks.md",
                        "determinism.md",
                        "error-handling.md",
                        "getting-started.md",
                        "moving.md",
                        "serialization.md",
                        "services.md",
                        "testing.md");
    }

    @Test
    void artifacts_namedInGuides_areThoseOfThisBuild() {
        String parent = Guide.read(Path.of("..", "pom.xml"));
        for (Guide guide : guides()) {
            Matcher artifact = ARTIFACT.matcher(guide.text());
            while (artifact.find()) {
                assertThat(parent).contains("<module>" + artifact.group(1) + "</module>");
                assertThat(parent).contains("<version>" + artifact.group(2) + "</version>");
            }
        }
    }

    /** Without something behind SLF4J that prints, a handler that throws would be silence. */
    @Test
    void projects_thatGuidesPrint_log() {
        assertThat(guides().stream().filter(guide -> guide.text().contains("<artifactId>reprise-")))
                .isNotEmpty()
                .allSatisfy(guide -> assertThat(guide.text())
                        .as(guide.name())
                        .contains("slf4j-simple")
                        .doesNotContain("slf4j-nop"));
    }
}
