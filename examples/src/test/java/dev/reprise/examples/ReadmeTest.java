package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples: they are what is compiled and tested, and say what they should. */
class ReadmeTest {
    private static final Pattern FIRST = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVA =
            Pattern.compile("```java\n(import dev.reprise(?:(?!```).)*)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    /** What {@code ./reprise example scopes} runs, and {@code PatternsTest} tests. */
    @Test
    void firstExample_isThatOfScopes() throws IOException {
        Matcher first = FIRST.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(first.find()).isTrue();
        String source =
                Files.readString(Path.of("src", "main", "java", "dev/reprise/examples/patterns", "Scopes.java"));
        assertThat(source.replaceAll("\\s", "")).contains(first.group(1).replaceAll("\\s", ""));
    }

    @Test
    @Tag("process")
    void embeddingExample_compilesAndRuns() throws IOException, InterruptedException {
        Matcher block = JAVA.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(block.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Greetings.java"), block.group(1));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        ByteArrayOutputStream report = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, report, report, "-cp", classPath, "-d", folder.toString(), source.toString());
        assertThat(status).as(report.toString(StandardCharsets.UTF_8)).isZero();

        Process example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        folder + ":" + classPath,
                        "Greetings")
                .directory(folder.toFile())
                .start();
        String output = new String(example.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(example.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(example.waitFor()).as(errors).isZero();
        assertThat(output).isEqualToIgnoringNewLines("Hello Ada, the sun shines");
    }
}
