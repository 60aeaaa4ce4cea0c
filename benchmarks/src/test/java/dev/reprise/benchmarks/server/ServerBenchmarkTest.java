package dev.reprise.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.benchmarks.lab.JavaProgram;
import dev.reprise.benchmarks.lab.Results;
import dev.reprise.benchmarks.lab.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark still runs, and what it measures answers rightly. How fast it is does not matter here. */
@Tag("process")
class ServerBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void compare_ourServerAndService_everyAnswerRight() throws IOException {
        List<Row> rows = run("compare", "--scenarios", "noop", "--cs", "2", "--seconds", "2", "--prewarm", "0");
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.work()).isEqualTo("noop C=2");
            assertThat(row.values()).containsEntry("failures", 0.0);
            assertThat(row.values().get("per_s")).isPositive();
            assertThat(row.values().get("server_cpu_ms")).isPositive();
        });
        assertThat(folder.resolve("out/report.md")).content().contains("| noop C=2 | this/reprise |");
    }

    private List<Row> run(String... flags) throws IOException {
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(List.of("--sides", "this/reprise", "--server", "this=" + server(), "--rounds", "1"));
        all.addAll(List.of(
                "--warmup",
                "0",
                "--patience",
                "0",
                "--quiet",
                "1",
                "--out",
                folder.resolve("out").toString()));
        assertThat(ServerBenchmark.execute(all.toArray(String[]::new))).isZero();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
        return new Results(folder.resolve("out")).all();
    }

    /** Our server on this class path; what its folder may contain besides letters is hidden in a file. */
    private String server() throws IOException {
        Path flags = folder.resolve("server.flags");
        String classPath = System.getProperty("java.class.path").replace("\\", "\\\\");
        Files.writeString(flags, "--enable-native-access=ALL-UNNAMED -Xmx256m\n-cp \"" + classPath + "\"\n");
        return JavaProgram.java() + " @" + flags + " dev.reprise.server.Main";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rounds 0",
                "--rounds x",
                "--seconds 0",
                "--sides ours",
                "--sides ours/cobol",
                "--sides theirs/java",
                "--scenarios nope",
                "--cs 0",
                "--quiet 12",
                "--sizes 5",
                "--server nocommand",
                "--unknown",
                "nope",
                "report compare"
            })
    void flags_wrong_exitCodeOfUsage(String flags) {
        assertThat(ServerBenchmark.execute(flags.split(" "))).isEqualTo(2);
    }
}
