package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./reprise test} with a Maven that only talks: what it is called with, and what of its words is shown. */
class TestRunTest {
    private static final String BEGIN = """
            [INFO] Building Reprise engine 0.1.0-SNAPSHOT                            [3/4]
            [INFO] --- surefire:3.6.1:test (default-test) @ reprise-engine ---
            what a test printed
            [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.512 s -- in dev.reprise.engine.QuickTest
            [INFO] Tests run: 7, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1,034.5 s -- in dev.reprise.engine.SlowTest
            """;

    private static final String FAILURE = """
            [ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 2.5 s <<< FAILURE! -- in dev.reprise.engine.BadTest
            [ERROR] dev.reprise.engine.BadTest.one -- Time elapsed: 0.1 s <<< FAILURE!
            org.opentest4j.AssertionFailedError: no luck
            [INFO] Results:
            [ERROR] Failures:\s
            [ERROR]   BadTest.one:33 no luck
            [ERROR] Tests run: 12, Failures: 1, Errors: 0, Skipped: 0
            [INFO] BUILD FAILURE
            [ERROR] Failed to execute goal surefire
            """;

    @TempDir
    private Path folder;

    private Path clone;

    /** What was said, and how it ended. */
    private record Said(int exitCode, List<String> lines) {}

    @BeforeEach
    void lay() throws IOException {
        clone = Files.createDirectory(folder.resolve("clone"));
        Files.copy(Path.of("..", "reprise"), clone.resolve("reprise"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(clone.resolve("engine/target/surefire-reports"));
        Files.writeString(clone.resolve("engine/pom.xml"), "");
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        program(bin.resolve("java"), "exit 1");
        program(bin.resolve("javac"), "exit 1");
        program(bin.resolve("npm"), "exit 1");
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Said call(int mavensStatus, String mavensWords, String... words) throws IOException {
        Path said = Files.writeString(folder.resolve("words"), mavensWords);
        program(folder.resolve("jdk/bin/mvn"), "echo \"mvn $*\" >called; cat " + said + "; exit " + mavensStatus);
        List<String> command =
                new ArrayList<>(List.of("/bin/bash", clone.resolve("reprise").toString(), "test"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", folder.resolve("jdk/bin") + ":/usr/bin:/bin");
        environment.put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = builder.start();
        String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.onExit().join().exitValue(), lines.lines().toList());
    }

    @Test
    void run_thatSucceeds_tellsHowFarItIsAndTheSlowestLast() throws IOException {
        Said said = call(0, BEGIN + "[INFO] BUILD SUCCESS\n", "engine");

        assertThat(said.exitCode).isZero();
        assertThat(said.lines)
                .containsSubsequence(
                        "3/4 Building Reprise engine 0.1.0-SNAPSHOT",
                        "    3 tests of 1 classes;    0.512 s  dev.reprise.engine.QuickTest",
                        "   10 tests of 2 classes;  1,034.5 s  dev.reprise.engine.SlowTest",
                        "BUILD SUCCESS",
                        "The slowest classes:",
                        "   1034.5 s     7 tests  dev.reprise.engine.SlowTest",
                        "      0.5 s     3 tests  dev.reprise.engine.QuickTest",
                        "   1035.0 s    10 tests  in 2 classes, one after the other")
                .doesNotContain("what a test printed");
        assertThat(clone.resolve(".reprise/test.log")).content().contains("what a test printed");
        assertThat(clone.resolve("called")).content().contains("-pl engine -am", " verify");
    }

    @Test
    void run_thatFails_tellsWhatFailedLast() throws IOException {
        Said said = call(1, BEGIN + FAILURE, "engine");

        assertThat(said.exitCode).isOne();
        assertThat(said.lines)
                .contains("org.opentest4j.AssertionFailedError: no luck")
                .last()
                .isEqualTo("  BadTest.one:33 no luck");
    }

    @Test
    void compilation_thatFails_isToldLast() throws IOException {
        String words = "[ERROR] A.java:[1,2] error: no\n    (why)\n[INFO] BUILD FAILURE\n";
        Said said = call(1, words + "[ERROR] Failed to execute goal compile\n[ERROR]\n", "engine");

        assertThat(said.exitCode).isOne();
        assertThat(said.lines).contains("[ERROR] A.java:[1,2] error: no", "    (why)");
        assertThat(said.lines).last().isEqualTo("[ERROR] Failed to execute goal compile");
    }

    @Test
    void fastRun_leavesOutWhatTakesLong() throws IOException {
        assertThat(call(0, BEGIN, "--fast").exitCode).isZero();

        assertThat(clone.resolve("called"))
                .content()
                .contains("-DexcludedGroups=process,slow", "-pl !interop", " test")
                .doesNotContain("verify", "java21");
    }

    @Test
    void fastRun_ofOneClass_thatIsLeftOut_saysSo() throws IOException {
        Said said = call(0, "", "--fast", "engine", "KillTest");

        assertThat(said.exitCode).isOne();
        assertThat(said.lines).last().asString().contains("no test ran", "engine", "KillTest");
        assertThat(clone.resolve("called")).content().contains("-pl engine -am", "-Dtest=KillTest");
    }
}
