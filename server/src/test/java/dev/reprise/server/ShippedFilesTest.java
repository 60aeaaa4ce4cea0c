package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is packed beside the server for systemd, Docker and Compose, as far as it can be looked at without them. */
class ShippedFilesTest {
    private static final Path SHIPPED = Path.of("src/main/dist").toAbsolutePath();
    /** What the assembly adds. */
    private static final List<String> ADDED = List.of("LICENSE", "lib/reprise-server.jar");

    private static final String METRIC = "\\b((?:reprise|restate)_[a-z_]+)";

    @TempDir
    private Path folder;

    @Test
    void unit_systemdAnalyze_findsNoFaultAndLittleExposure() throws IOException {
        assumeTrue(
                Stream.of("/usr/bin", "/bin").anyMatch(bin -> Files.exists(Path.of(bin, "systemd-analyze"))),
                "systemd-analyze is not installed, so the unit is not checked");
        Path launcher = Files.createDirectories(folder.resolve("bin")).resolve("reprise");
        Files.writeString(launcher, "#!/bin/sh\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path unit = folder.resolve("reprise.service");
        String text = Files.readString(SHIPPED.resolve("systemd/reprise.service"));
        Files.writeString(unit, text.replace("/opt/reprise", folder.toString()));
        assertThat(output("systemd-analyze", "verify", "--man=no", unit.toString()))
                .isEmpty();
        // In tenths. Fails beyond it.
        output("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit.toString());
    }

    /** The compiler of the JVM writes what it then runs, and RocksDB's library is unpacked before it is loaded. */
    @Test
    void unit_leavesTheJvmWhatItNeeds() throws IOException {
        String text = Files.readString(SHIPPED.resolve("systemd/reprise.service"));
        assertThat(text).doesNotContain("\nMemoryDenyWriteExecute=yes").doesNotContain("\nNoExecPaths=");
        assertThat(text).contains("ROCKSDB_SHAREDLIB_DIR=/var/cache/reprise/native");
        assertThat(text).contains("\nCacheDirectory=reprise reprise/native\n");
    }

    @Test
    void dockerfile_copiesWhatIsShipped_andRunsAsANumber() throws IOException {
        String text = Files.readString(SHIPPED.resolve("Dockerfile"));
        List<String> copied = all("(?m)^COPY (?!--from)(\\S+) ", text);
        assertThat(copied).hasSizeGreaterThan(3).allMatch(ShippedFilesTest::isShipped);
        assertThat(all("(?m)^USER (.+)$", text)).containsExactly("10001:10001");
        assertThat(all("(?m)^HEALTHCHECK .*CMD (.+)$", text))
                .containsExactly("[\"/opt/reprise/bin/reprise\", \"health\"]");
        assertThat(all("(?m)^ENTRYPOINT (.+)$", text)).first().asString().contains("/opt/reprise/conf/reprise.toml");
    }

    @Test
    void compose_namesFilesThatAreShipped() throws IOException {
        String text = Files.readString(SHIPPED.resolve("compose.yaml"));
        List<String> mounted = all("(\\./compose[^:]+):", text);
        List<String> built = all("build: (compose/\\S+)", text);
        assertThat(mounted).hasSize(4).allMatch(ShippedFilesTest::isShipped);
        assertThat(built).hasSize(2).allSatisfy(service -> {
            Path context = SHIPPED.resolve(service);
            assertThat(all("(?m)^COPY (?!--from)(\\S+) ", Files.readString(context.resolve("Dockerfile"))))
                    .isNotEmpty()
                    .allMatch(file -> Files.exists(context.resolve(file)));
        });
    }

    /** A panel without a figure would be seen only by who opens the dashboard. */
    @Test
    void dashboard_namesMetricsThatThereAre() throws IOException {
        Path sources = Path.of("src/main/java/dev/reprise/server/metrics");
        StringBuilder meters = new StringBuilder();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                meters.append(Files.readString(file));
            }
        }
        JsonNode dashboard = new ObjectMapper()
                .readTree(SHIPPED.resolve("compose/grafana/dashboards/reprise.json")
                        .toFile());
        List<String> names = new ArrayList<>();
        for (JsonNode expression : dashboard.findValues("expr")) {
            names.addAll(all(METRIC, expression.asText()));
        }
        names.addAll(all(METRIC, Files.readString(SHIPPED.resolve("compose/alerts.yml"))));
        assertThat(names)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(meters.toString())
                        .contains('"'
                                + name.replaceAll("_(seconds_)?(sum|count|max|total|bucket)$", "")
                                        .replaceAll("_pool_(usage|capacity)_bytes", "_pool_$1")
                                        .replace('_', '.')
                                        .replace("memory.pool", "memory_pool")
                                + '"'));
    }

    /** Prometheus' own tool reads the rules, and with them the file that names them. */
    @Test
    void alerts_promtool_findsNoFault() throws IOException {
        Path promtool = Stream.of("../.reprise/promtool", "/usr/bin/promtool", "/usr/local/bin/promtool")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(promtool != null, "promtool is not installed, so the alerts are not checked");
        assertThat(output(
                        promtool.toString(),
                        "check",
                        "config",
                        SHIPPED.resolve("compose/prometheus.yml").toString()))
                .containsPattern("SUCCESS: 1[0-9] rules found");
    }

    private static boolean isShipped(String path) {
        return ADDED.contains(path) || Files.exists(SHIPPED.resolve(path));
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
        return said;
    }
}
