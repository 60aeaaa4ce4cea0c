package dev.reprise.server.config;

import static dev.reprise.server.config.OptionType.ADDRESS;
import static dev.reprise.server.config.OptionType.BODY_SIZE;
import static dev.reprise.server.config.OptionType.BOOLEAN;
import static dev.reprise.server.config.OptionType.DURATION;
import static dev.reprise.server.config.OptionType.FACTOR;
import static dev.reprise.server.config.OptionType.HEADERS;
import static dev.reprise.server.config.OptionType.HEADER_SIZE;
import static dev.reprise.server.config.OptionType.HTTP_URI;
import static dev.reprise.server.config.OptionType.IP;
import static dev.reprise.server.config.OptionType.POSITIVE_SIZE;
import static dev.reprise.server.config.OptionType.SIZE_IN_BYTES;
import static dev.reprise.server.config.OptionType.STRING;
import static dev.reprise.server.config.OptionType.STRINGS;
import static dev.reprise.server.config.OptionType.TRACING_URI;
import static dev.reprise.server.config.OptionType.integer;
import static dev.reprise.server.config.OptionType.limitOr;
import static dev.reprise.server.config.OptionType.oneOf;

import dev.reprise.server.config.Option.Effect;
import dev.reprise.server.config.ServerConfig.LogFormat;
import dev.reprise.server.config.ServerConfig.OnDiskFailure;
import dev.reprise.server.config.ServerConfig.OnMaxAttempts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of all options, in the order in which they are shown. Names and defaults are those of restate-server;
 * {@code disk-free-min} and {@code on-disk-failure} are our own.
 */
final class Options {
    private static final List<Option<?>> ALL = new ArrayList<>();
    private static final int PORT_MAX = 65_535;

    enum ListenMode {
        TCP,
        ALL
    }

    static final Option<String> BASE_DIR = option("base-dir", STRING, "restate-data", "Folder of all data.");
    static final Option<String> NODE_NAME =
            option("node-name", STRING, null, "Name of this node; else the host's name.");
    static final Option<String> CLUSTER_NAME =
            option("cluster-name", STRING, "localcluster", "Name of the cluster this node is of.");
    static final Option<Integer> PARTITIONS = option(
            "default-num-partitions",
            integer(1, 65_535),
            Integer.toString(Math.clamp(Runtime.getRuntime().availableProcessors(), 4, 24)),
            "Partitions of a new folder, by default one for each processor, 4 to 24; an existing folder keeps its own.");
    static final Option<Duration> SHUTDOWN_TIMEOUT = option(
            "shutdown-timeout",
            DURATION,
            "1m",
            "How long requests may take to end when the server stops, 5s at the most.");

    static final Option<Long> DISK_FREE_MIN = option(
            "disk-free-min",
            SIZE_IN_BYTES,
            "128 MiB",
            "Room the disk must have for new invocations to be accepted; what runs has it to itself.");
    static final Option<OnDiskFailure> ON_DISK_FAILURE = option(
            "on-disk-failure",
            oneOf(OnDiskFailure.class),
            "exit",
            "What to do when the disk fails for good: exit with code 74 to be started again, or stay, unhealthy.");

    static final Listener NODE = listener("", "the node port, where metrics are served", 16);
    static final Option<Boolean> RANDOM_PORTS =
            option("use-random-ports", BOOLEAN, "false", "Listen on free ports instead of the default ones.");

    static final Option<LogFilter> LOG_FILTER = option(
            "log-filter",
            OptionType.LOG_FILTER,
            "warn,restate=info",
            "What is logged: a level, or targets and levels.");
    static final Option<LogFormat> LOG_FORMAT =
            option("log-format", oneOf(LogFormat.class), "pretty", "Form of the log.");
    static final Option<Boolean> LOG_NO_ANSI =
            option("log-disable-ansi-codes", BOOLEAN, "false", "Do not colour the log.");

    static final Option<String> TRACING_ENDPOINT = option(
            "tracing-endpoint",
            TRACING_URI,
            null,
            "Where traces go: http(s):// for OTLP/gRPC, otlp+http(s):// for OTLP/HTTP.");
    static final Option<String> TRACING_RUNTIME_ENDPOINT =
            option("tracing-runtime-endpoint", TRACING_URI, null, "The same for traces of invocations alone.");
    static final Option<Map<String, String>> TRACING_HEADERS =
            option("tracing-headers", HEADERS, null, "Headers sent along with traces.");
    static final Option<Boolean> NO_METRICS = option("disable-prometheus", BOOLEAN, "false", "Serve no metrics.");

    static final Option<Duration> JOURNAL_RETENTION =
            option("default-journal-retention", DURATION, "1d", "How long journals of completed invocations are kept.");
    static final Option<Duration> IDEMPOTENCY_RETENTION = option(
            "default-idempotency-retention", DURATION, "1d", "How long results are kept for their idempotency key.");
    static final Option<Duration> WORKFLOW_RETENTION =
            option("default-workflow-completion-retention", DURATION, "1d", "How long completed workflows are kept.");
    static final Option<String> IDENTITY_KEY_FILE_TOP =
            option("request-identity-private-key-pem-file", STRING, null, "The same as worker.invoker's.");

    static final Option<Duration> RETRY_INITIAL_INTERVAL = option(
            "default-retry-policy.initial-interval",
            OptionType.INTERVAL,
            "500ms",
            "Delay before the first retry; up to 30 % are added to each delay by chance.");
    static final Option<Double> RETRY_FACTOR = option(
            "default-retry-policy.exponentiation-factor", FACTOR, "2.0", "By what the delay grows with each retry.");
    static final Option<Duration> RETRY_MAX_INTERVAL =
            option("default-retry-policy.max-interval", OptionType.INTERVAL, "1m", "The longest delay.");
    static final Option<Integer> RETRY_MAX_ATTEMPTS =
            option("default-retry-policy.max-attempts", limitOr("unlimited"), "70", "Attempts in a row that may fail.");
    static final Option<OnMaxAttempts> RETRY_ON_MAX_ATTEMPTS = option(
            "default-retry-policy.on-max-attempts", oneOf(OnMaxAttempts.class), "pause", "What happens after them.");

    static final Option<Duration> INACTIVITY_TIMEOUT = option(
            "worker.invoker.inactivity-timeout",
            DURATION,
            "1m",
            "After how long a silent handler is asked to suspend.");
    static final Option<Duration> ABORT_TIMEOUT =
            option("worker.invoker.abort-timeout", DURATION, "10m", "How long after that its attempt is cut.");
    static final Option<Long> MESSAGE_SIZE_WARNING = option(
            "worker.invoker.message-size-warning", SIZE_IN_BYTES, "10 MiB", "Messages larger than this are logged.");
    static final Option<Long> MESSAGE_SIZE_LIMIT =
            option("worker.invoker.message-size-limit", BODY_SIZE, "32 MiB", "The largest message.");
    static final Option<Integer> CONCURRENT_INVOCATIONS = option(
            "worker.invoker.concurrent-invocations-limit",
            limitOr("unlimited"),
            "1000",
            "Attempts of a partition at the same time.");
    static final Option<Long> EAGER_STATE_SIZE_LIMIT = option(
            "worker.invoker.eager-state-size-limit",
            SIZE_IN_BYTES,
            null,
            "State up to this goes along with the start.");
    static final Option<Boolean> NO_EAGER_STATE =
            option("worker.invoker.disable-eager-state", BOOLEAN, "false", "State is always read key by key.");
    static final Option<Long> INVOKER_MEMORY = option(
            "worker.invoker.memory-limit",
            POSITIVE_SIZE,
            null,
            "Memory for what is on its way to handlers and back; else a quarter of the heap, 1.5 GiB at the most.");
    static final Option<Long> INVOCATION_MEMORY = option(
            "worker.invoker.per-invocation-memory-limit",
            POSITIVE_SIZE,
            null,
            "The most of it for one attempt, in each direction; else and at the most message-size-limit.");
    static final Option<Long> INITIAL_MEMORY = option(
            "worker.invoker.per-invocation-initial-memory",
            POSITIVE_SIZE,
            "32 KiB",
            "What an attempt takes of it before it begins.");
    static final Option<Duration> CONNECT_TIMEOUT = option(
            "worker.invoker.connect-timeout", DURATION, "10s", "How long a connection to a deployment may take.");
    static final Option<Duration> KEEP_ALIVE_INTERVAL = option(
            "worker.invoker.http2-keep-alive-interval", DURATION, "40s", "How often a connection is asked for life.");
    static final Option<Duration> KEEP_ALIVE_TIMEOUT =
            option("worker.invoker.http2-keep-alive-timeout", DURATION, "20s", "How long the answer to that may take.");
    static final Option<Duration> IDLE_CONNECTION_TIMEOUT = option(
            "worker.invoker.http2-idle-connection-timeout", DURATION, "5m", "When an unused connection is closed.");
    static final Option<Integer> STREAMS_PER_CONNECTION = option(
            "worker.invoker.http2-streams-per-connection-limit",
            integer(1, 100_000),
            "128",
            "Attempts on one connection.");
    static final Option<Map<String, String>> ADDITIONAL_HEADERS = option(
            "worker.invoker.additional-request-headers",
            HEADERS,
            null,
            "Headers of every request to a deployment; else the cluster's name.");
    static final Option<String> IDENTITY_KEY_FILE = option(
            "worker.invoker.request-identity-private-key-pem-file",
            STRING,
            null,
            "Ed25519 private key (PKCS #8, PEM) that signs requests to deployments.");
    static final Option<Duration> IDENTITY_EXPIRATION =
            option("worker.invoker.request-identity-expiration", DURATION, "1m", "How long such a signature holds.");

    static final Listener ADMIN = listener("admin.", "the admin API", 8);
    static final Option<List<String>> ALLOWED_HOSTS = option(
            "admin.allowed-hosts",
            STRINGS,
            null,
            "Public names that the admin API may be called by to change something.");
    static final Option<List<String>> ALLOWED_ORIGINS = option(
            "admin.allowed-origins", STRINGS, null, "Origins whose pages may change something over the admin API.");
    static final Option<Boolean> NO_WEB_UI =
            option("admin.disable-web-ui", BOOLEAN, "false", "Serve the admin API without the web page.");
    static final Option<Long> QUERY_MEMORY =
            option("admin.query-engine.memory-size", SIZE_IN_BYTES, "1024 MiB", "Memory that SQL queries may use.");

    static final Option<Long> ADMIN_REQUEST_MEMORY = option(
            "admin.request-memory-limit",
            POSITIVE_SIZE,
            null,
            "Memory for the bodies of all its requests and what is read from them; else a quarter of the heap.");

    static final Listener INGRESS = listener("ingress.", "the ingress", 2);
    static final Option<String> INGRESS_ADVERTISED = option(
            "ingress.advertised-address", HTTP_URI, null, "How others reach the ingress; shown by the admin API.");
    static final Option<Long> REQUEST_SIZE_LIMIT =
            option("ingress.request-size-limit", BODY_SIZE, "32 MiB", "The largest request body.");
    static final Option<Long> REQUEST_MEMORY = option(
            "ingress.request-memory-limit",
            POSITIVE_SIZE,
            null,
            "Memory for the bodies of all requests; else an eighth of the heap, and enough for the largest body.");
    static final Option<Duration> STALL_TIMEOUT = option(
            "ingress.stall-timeout",
            OptionType.INTERVAL,
            "30s",
            "How long a client may neither send the body of its request nor read its answer.");

    static {
        accepted("advertised-address", STRING, null);
        accepted("admin.advertised-address", STRING, null);
        accepted("roles", STRINGS, "[http-ingress, admin, worker, log-server, metadata-server]");
        missed("listen-mode", oneOf(ListenMode.class), "tcp");
        accepted("auto-provision", BOOLEAN, null);
        accepted("location", STRING, null);
        accepted("force-node-id", integer(1, Integer.MAX_VALUE), null);
        accepted("metadata-store-address", STRING, null);
        missed("tracing-filter", STRING, "info");
        accepted("disable-telemetry", BOOLEAN, null);
        missed("worker.cleanup-interval", DURATION, null);
    }

    private Options() {}

    /** The option that says where a face of the server listens. */
    record Listener(
            Option<Address> address,
            Option<String> ip,
            Option<Integer> port,
            Option<Long> headerBytesMax,
            Option<Integer> connectionsMax) {}

    static List<Option<?>> all() {
        return ALL;
    }

    private static <T> Option<T> option(
            String key, OptionType<T> type, @Nullable String byDefault, String explanation) {
        Option<T> option = new Option<>(key, type, byDefault, Effect.FULL, explanation);
        ALL.add(option);
        return option;
    }

    private static void accepted(String key, OptionType<?> type, @Nullable String byDefault) {
        ALL.add(new Option<>(key, type, byDefault, Effect.NONE, "Accepted, has no effect."));
    }

    private static void missed(String key, OptionType<?> type, @Nullable String byDefault) {
        ALL.add(new Option<>(key, type, byDefault, Effect.MISSED, "Accepted with a warning, has no effect."));
    }

    /** The options of a listener that, by default, may use one part of this many of the file descriptors. */
    private static Listener listener(String table, String what, int parts) {
        Listener listener = new Listener(
                option(table + "bind-address", ADDRESS, null, "Address and port of " + what + "."),
                option(table + "bind-ip", IP, null, "The same, the address alone."),
                option(table + "bind-port", integer(0, PORT_MAX), null, "The same, the port alone."),
                option(
                        table + "header-size-limit",
                        HEADER_SIZE,
                        "64 KiB",
                        "The headers of a request to " + what + ", all together."),
                option(
                        table + "connections-limit",
                        integer(1, Integer.MAX_VALUE),
                        Integer.toString(ClientLimits.connections(parts)),
                        "Connections to " + what + " at once, by default 1/" + parts
                                + " of the files that may be open; more are refused."));
        accepted(table + "advertised-host", STRING, null);
        return listener;
    }
}
