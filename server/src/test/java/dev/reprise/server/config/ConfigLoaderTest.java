package dev.reprise.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.config.ServerConfig.LogFormat;
import dev.reprise.server.config.ServerConfig.OnMaxAttempts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set, and what comes of it. */
class ConfigLoaderTest {
    @TempDir
    private Path folder;

    private static final Map<String, String> NONE = Map.of();

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("r.toml"), text);
    }

    private static LoadedConfig load(Map<String, String> environment, Map<String, String> flags) {
        return ConfigLoader.load(null, environment, flags);
    }

    private LoadedConfig loadFile(String text) throws IOException {
        return ConfigLoader.load(file(text), NONE, NONE);
    }

    @Test
    void nothingSet_defaultsAreTheOriginals() {
        ServerConfig config = load(NONE, NONE).config();
        assertThat(config.ingress().bind()).isEqualTo(new Address("0.0.0.0", 8080));
        assertThat(config.admin().bind()).isEqualTo(new Address("0.0.0.0", 9070));
        assertThat(config.node().bind()).isEqualTo(new Address("0.0.0.0", 5122));
        assertThat(config.node().folder()).isEqualTo(Path.of("restate-data"));
        assertThat(config.node().partitions())
                .isEqualTo(Math.clamp(Runtime.getRuntime().availableProcessors(), 4, 24));
        assertThat(config.node().shutdownTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.invoker().inactivityTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.invoker().abortTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.invoker().attemptsMax()).isEqualTo(1000);
        assertThat(config.deployments().messageBytesMax()).isEqualTo(32 << 20);
        assertThat(config.retries())
                .isEqualTo(new ServerConfig.Retries(
                        Duration.ofMillis(500), 2.0, Duration.ofMinutes(1), 70, OnMaxAttempts.PAUSE));
        assertThat(config.retention().journal()).isEqualTo(Duration.ofDays(1));
        assertThat(config.log().format()).isEqualTo(LogFormat.PRETTY);
        assertThat(config.tracing().endpoint()).isEmpty();
    }

    /** Each line: a line of the file, and the line of the dump that it must bring about. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            base-dir = "/data"                                       | base-dir = "/data"
            default-num-partitions = 3                               | default-num-partitions = 3
            bind-address = "[::1]:5000"                              | bind-address = "[::1]:5000"
            ingress.bind-port = 1                                    | bind-port = 1
            log-format = "json"                                      | log-format = "json"
            log-filter = "info"                                      | log-filter = "info"
            log-filter = "warn,restate=debug,org.eclipse=trace"      | log-filter = "warn,restate=debug,org.eclipse=trace"
            bind-ip = "::1"                                          | bind-ip = "::1"
            tracing-endpoint = "otlp+http://localhost:4318/v1/traces" | tracing-endpoint = "otlp+http://localhost:4318/v1/traces"
            ingress.advertised-address = "https://a.example/base"    | advertised-address = "https://a.example/base"
            ingress.request-size-limit = "2047 MiB"                  | request-size-limit = "2047 MiB"
            roles = ["worker", "admin"]                              | roles = ["worker", "admin"]
            roles = []                                               | roles = []
            shutdown-timeout = "5 minutes"                           | shutdown-timeout = "5m"
            shutdown-timeout = "1h 30m 5s 3ms"                       | shutdown-timeout = "1h 30m 5s 3ms"
            shutdown-timeout = "PT5M"                                | shutdown-timeout = "5m"
            shutdown-timeout = "1.5s"                                | shutdown-timeout = "1s 500ms"
            shutdown-timeout = "0s"                                  | shutdown-timeout = "0s"
            ingress.request-size-limit = 1000                        | request-size-limit = "1000 B"
            ingress.request-size-limit = "1MB"                       | request-size-limit = "1000000 B"
            ingress.request-size-limit = "10mib"                     | request-size-limit = "10 MiB"
            ingress.request-size-limit = "1.5 KiB"                   | request-size-limit = "1536 B"
            default-retry-policy.max-attempts = "unlimited"          | max-attempts = "unlimited"
            default-retry-policy.max-attempts = 3                    | max-attempts = 3
            default-retry-policy.on-max-attempts = "kill"            | on-max-attempts = "kill"
            default-retry-policy.exponentiation-factor = 1           | exponentiation-factor = 1.0
            worker.invoker.disable-eager-state = true                | disable-eager-state = true
            worker.invoker.concurrent-invocations-limit = "unlimited"| concurrent-invocations-limit = "unlimited"
            """)
    void fileValue_isInForce_andDumpedAsItIs(String line, String dumped) throws IOException {
        LoadedConfig loaded = loadFile(line);
        assertThat(loaded.toml().lines()).contains(dumped);
        assertThat(loaded.warnings()).isEmpty();
        assertThat(loadFile(loaded.toml())).as("the dump read again").isEqualTo(loaded);
    }

    @Test
    void secrets_areMaskedInTheDump_andAMaskIsNoValue() throws IOException {
        LoadedConfig loaded = loadFile("""
                tracing-headers = { authorization = "Bearer abc" }
                tracing-endpoint = "http://ann:pass@traces.test:4317"
                """);

        assertThat(loaded.config().tracing().headers()).containsExactly(Map.entry("authorization", "Bearer abc"));
        assertThat(loaded.toml().lines())
                .contains("tracing-headers = { \"authorization\" = \"***\" }")
                .contains("tracing-endpoint = \"http://***@traces.test:4317\"");
        assertThatThrownBy(() -> loadFile(loaded.toml()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the mask ***");
        assertThat(loaded.config()).asString().doesNotContain("Bearer", "pass");
    }

    @Test
    void secretsInWhatCannotBeRead_areMasked() {
        assertThatThrownBy(() -> loadFile("tracing-headers = { authorization = \"Bearer abc\", b = 1 }"))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("Bearer");
        assertThatThrownBy(() -> loadFile("tracing-endpoint = \"ftp://ann:pass@traces.test\""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ftp://***@traces.test")
                .hasMessageNotContaining("pass");
    }

    /** Each line: the second line of a file, and what the message must say. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shutdown-timeout = 5                     | r.toml:2: shutdown-timeout must be a duration such as "10s", "1h 30m" or "PT5M", found 5
            shutdown-timeout = "abc"                 | r.toml:2: shutdown-timeout must be a duration such as "10s", "1h 30m" or "PT5M", found 'abc'
            shutdown-timeout = "5 parsecs"           | unknown unit of time 'parsecs'
            shutdown-timeout = "-5s"                 | r.toml:2: shutdown-timeout must be a duration
            default-num-partitions = 0               | r.toml:2: default-num-partitions must be a whole number from 1 to 65535, found 0
            default-num-partitions = 65536           | from 1 to 65535, found 65536
            default-num-partitions = "x"             | from 1 to 65535, found 'x'
            default-num-partitions = "3"             | from 1 to 65535, found '3'
            node-name = 3                            | r.toml:2: node-name must be a string, found 3
            log-format = "xml"                       | log-format must be one of pretty, compact, json, found 'xml'
            log-filter = "loud"                      | 'loud' is neither a level nor target=level
            roles = "worker"                         | r.toml:2: roles must be a list of strings
            roles = [1]                              | r.toml:2: roles must be a list of strings
            use-random-ports = 1                     | use-random-ports must be true or false, found 1
            bind-address = "localhost"               | bind-address must be an address such as "0.0.0.0:8080" or "[::]:8080", found 'localhost'
            bind-address = "127.0.0.1:99999"         | found '127.0.0.1:99999'
            bind-address = "unix:a.sock"             | found 'unix:a.sock'
            listen-mode = "unix"                     | listen-mode must be one of tcp, all, found 'unix'
            ingress.request-size-limit = "x"         | ingress.request-size-limit must be a size such as "32MiB" or a number of bytes, found 'x'
            ingress.request-size-limit = -1          | found -1
            ingress.request-size-limit = "2 GiB"     | r.toml:2: ingress.request-size-limit must be a size such as "32MiB" or a number of bytes, found '2 GiB' (from 1 byte to 2047 MiB can be handled)
            ingress.request-size-limit = 0           | found 0 (from 1 byte to 2047 MiB
            worker.invoker.message-size-limit = 0    | r.toml:2: worker.invoker.message-size-limit must be a size such as "32MiB" or a number of bytes, found 0 (from 1 byte to 2047 MiB can be handled)
            worker.invoker.message-size-limit = "3 GiB" | found '3 GiB' (from 1 byte to 2047 MiB
            tracing-endpoint = "localhost:4317"      | r.toml:2: tracing-endpoint must be a URI such as "http://localhost:8080", its scheme one of http, https, otlp+http, otlp+https, found 'localhost:4317'
            tracing-endpoint = "grpc://localhost"    | found 'grpc://localhost'
            tracing-endpoint = "not a uri"           | found 'not a uri'
            tracing-runtime-endpoint = "http:///v1"  | r.toml:2: tracing-runtime-endpoint must be a URI such as
            ingress.advertised-address = "a b"       | r.toml:2: ingress.advertised-address must be a URI such as "http://localhost:8080", its scheme one of http, https, found 'a b'
            ingress.advertised-address = "otlp+http://a" | found 'otlp+http://a'
            bind-ip = "here"                         | r.toml:2: bind-ip must be an IP address such as "127.0.0.1" or "::", found 'here'
            ingress.bind-ip = "127.0.0.300"          | found '127.0.0.300'
            default-retry-policy.initial-interval = "0s" | initial-interval must be a duration such as "500ms", longer than zero
            default-retry-policy.exponentiation-factor = 0.5 | exponentiation-factor must be a number from 1, found 0.5
            default-retry-policy.max-attempts = 0    | default-retry-policy.max-attempts must be a whole number from 1, or "unlimited", found 0
            tracing-headers = { a = 1 }              | r.toml:2: tracing-headers must be a table of strings
            bad                                      | r.toml:2: not TOML
            """)
    void wrongValue_stopsWithPlaceExpectedAndFound(String line, String message) {
        assertThatThrownBy(() -> loadFile("# first line\n" + line))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void fileThatIsNotThere_isNamed() {
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("nowhere.toml"), NONE, NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("there is no configuration file /.*nowhere\\.toml");
    }

    @Test
    void unknownKey_isNamedWithItsPlace() throws IOException {
        LoadedConfig loaded = loadFile("bogus = 1\n[worker.invoker]\ninactivity_timeout = \"5s\"\n");
        assertThat(loaded.warnings())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("r.toml:1: unknown key bogus is ignored"),
                        second -> assertThat(second)
                                .endsWith("r.toml:3: unknown key worker.invoker.inactivity_timeout is ignored"));
    }

    @Test
    void variablesOfTheCommandLine_arePassedOver() {
        Map<String, String> environment =
                Map.of("RESTATE_ADMIN_URL", "http://localhost:9070", "RESTATE_INGRESS_URL", "http://localhost:8080");
        assertThat(ConfigLoader.load(null, environment, NONE).warnings()).isEmpty();
    }

    @Test
    void keyOfTheOriginalWithoutMeaning_isPassedOver() throws IOException {
        LoadedConfig loaded = loadFile("""
                rocksdb-total-memory-size = "2 GiB"
                experimental-enable-vqueues = true
                [bifrost.replicated-loglet]
                read-batch-size = "32 KiB"
                """);
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void keyOfTheOriginalThatSetsWhatIsMissing_isTold() throws IOException {
        assertThat(loadFile("[worker.snapshots]\ndestination = \"s3://a\"").warnings())
                .singleElement()
                .asString()
                .contains("worker.snapshots.destination has no effect");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            listen-mode                                  | "all"
            tracing-filter                               | "debug"
            worker.cleanup-interval                      | "1h"
            """)
    void optionWithoutEffectThatAUserWouldMiss_isReadAndTold(String key, String value) throws IOException {
        assertThat(loadFile(key + " = " + value).warnings())
                .singleElement()
                .asString()
                .endsWith("r.toml:1: " + key + " has no effect: this server cannot do that yet");
        assertThatThrownBy(() -> loadFile(key + " = {}")).isInstanceOf(ConfigException.class);
    }

    @Test
    void whatIsMissing_standsInTheDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/compatibility.md"));
        Stream<String> missed = Options.all().stream()
                .filter(option -> option.effect() == Option.Effect.MISSED)
                .map(Option::key);

        assertThat(Stream.concat(ForeignKeys.missing().stream(), missed))
                .allSatisfy(key -> assertThat(document).contains('`' + key + '`'));
    }

    @Test
    void layers_laterWins() throws IOException {
        Path file = file("cluster-name = \"file\"\nnode-name = \"file\"\nbase-dir = \"file\"");
        Map<String, String> environment = Map.of("RESTATE_NODE_NAME", "variable", "RESTATE_BASE_DIR", "variable");
        ServerConfig.Node node = ConfigLoader.load(file, environment, Map.of("base-dir", "flag"))
                .config()
                .node();
        assertThat(node.clusterName()).isEqualTo("file");
        assertThat(node.name()).contains("variable");
        assertThat(node.folder()).isEqualTo(Path.of("flag"));
    }

    @Test
    void fileOfTheEnvironment_isReadUnlessAFlagNamesAnother() throws IOException {
        Path named = Files.writeString(folder.resolve("named.toml"), "cluster-name = \"named\"");
        Map<String, String> environment = Map.of("RESTATE_CONFIG", named.toString());
        assertThat(ConfigLoader.load(null, environment, NONE).config().node().clusterName())
                .isEqualTo("named");
        Path other = file("cluster-name = \"other\"");
        assertThat(ConfigLoader.load(other, environment, NONE).config().node().clusterName())
                .isEqualTo("other");
    }

    @Test
    void missingFile_isNamed() {
        assertThatThrownBy(() -> ConfigLoader.load(folder.resolve("none.toml"), NONE, NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.toml");
    }

    @Test
    void environment_reachesNestedKeysListsAndTables() {
        LoadedConfig loaded = load(
                Map.of(
                        "RESTATE_WORKER__INVOKER__INACTIVITY_TIMEOUT", "0s",
                        "RESTATE_DEFAULT_RETRY_POLICY__MAX_ATTEMPTS", "5",
                        "RESTATE_INGRESS__BIND_ADDRESS", "127.0.0.1:0",
                        "RESTATE_ROLES", "[worker,admin]",
                        "RESTATE_WORKER__INVOKER__ADDITIONAL_REQUEST_HEADERS", "{a=\"b\"}",
                        "RUST_LOG", "debug",
                        "PATH", "/bin"),
                NONE);
        ServerConfig config = loaded.config();
        assertThat(loaded.warnings()).isEmpty();
        assertThat(config.invoker().inactivityTimeout()).isZero();
        assertThat(config.retries().maxAttempts()).isEqualTo(5);
        assertThat(config.ingress().bind()).isEqualTo(new Address("127.0.0.1", 0));
        assertThat(config.deployments().additionalHeaders()).containsExactly(Map.entry("a", "b"));
        assertThat(config.log().filter()).isEqualTo(new LogFilter("DEBUG", Map.of()));
        assertThat(loaded.toml()).contains("roles = [\"worker\", \"admin\"]");
    }

    @Test
    void wrongVariable_isNamed() {
        assertThatThrownBy(() -> load(Map.of("RESTATE_DEFAULT_NUM_PARTITIONS", "many"), NONE))
                .hasMessage("variable RESTATE_DEFAULT_NUM_PARTITIONS: default-num-partitions must be a whole number "
                        + "from 1 to 65535, found 'many'");
    }

    @Test
    void bindPartsAndRandomPorts_giveTheAddress() {
        ServerConfig config = load(
                        Map.of("RESTATE_ADMIN__BIND_PORT", "7"),
                        Map.of("bind-ip", "127.0.0.1", "use-random-ports", "true"))
                .config();
        assertThat(config.ingress().bind()).isEqualTo(new Address("127.0.0.1", 0));
        assertThat(config.admin().bind()).isEqualTo(new Address("127.0.0.1", 7));
    }

    @Test
    void everyOption_hasADefaultThatItReads() {
        for (Option<?> option : Options.all()) {
            if (option.byDefault() != null) {
                assertThat(option.read(new ConfiguredValue.Text(option.byDefault(), "default")))
                        .as(option.key())
                        .isNotNull();
            }
            assertThat(Option.keyOf(option.variable())).isEqualTo(option.key());
        }
    }
}
