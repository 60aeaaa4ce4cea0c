package dev.reprise.server.config;

import dev.reprise.engine.config.InvokerMemory;
import dev.reprise.server.config.Options.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All settings of a server. */
public record ServerConfig(
        Node node,
        Disk disk,
        Ingress ingress,
        Admin admin,
        Invoker invoker,
        Deployments deployments,
        Retries retries,
        Retention retention,
        Log log,
        Tracing tracing) {
    private static final int NODE_PORT = 5122;
    private static final int ADMIN_PORT = 9070;
    private static final int INGRESS_PORT = 8080;
    private static final String CLUSTER_HEADER = "x-restate-cluster-name";
    private static final long INVOKER_MEMORY_BYTES_MAX = 1536L << 20;
    private static final int INVOKER_SHARE_OF_HEAP = 4;
    private static final String ANY_ADDRESS = "0.0.0.0";

    /**
     * The process.
     *
     * @param folder where everything is stored
     * @param name the node's name; empty for the host's
     * @param partitions the number of partitions in a new folder
     * @param bind where the node port listens
     * @param metrics whether metrics are served
     * @param shutdownTimeout how long requests may take to end
     * @param limits for clients of the node port
     */
    public record Node(
            Path folder,
            Optional<String> name,
            String clusterName,
            int partitions,
            Address bind,
            boolean metrics,
            Duration shutdownTimeout,
            ClientLimits limits) {}

    /**
     * How to treat a disk that fails or fills up.
     *
     * @param freeBytesMin with less free space than this, nothing new is accepted
     */
    public record Disk(long freeBytesMin, OnDiskFailure onFailure) {}

    /** What to do when the disk has failed for good. */
    public enum OnDiskFailure {
        EXIT,
        STAY
    }

    /**
     * The ingress.
     *
     * @param requestBytesMax the largest request body
     * @param requestMemoryBytes the memory for all request bodies; empty for a size that suits the heap
     * @param stallTimeout how long a client may neither send its body nor read its answer
     */
    public record Ingress(
            Address bind,
            Optional<String> advertised,
            int requestBytesMax,
            Optional<Long> requestMemoryBytes,
            Duration stallTimeout,
            ClientLimits limits) {}

    /**
     * The admin API.
     *
     * @param queryBytesMax the memory that queries may take
     * @param requestMemoryBytes the memory for all request bodies; empty for a size that suits the heap
     * @param allowedHosts names under which clients may address it, besides addresses, its own name and non-public
     *     names
     * @param allowedOrigins origins whose pages may use it, besides its own
     * @param webUi whether the web page is served as well
     */
    public record Admin(
            Address bind,
            long queryBytesMax,
            Optional<Long> requestMemoryBytes,
            ClientLimits limits,
            List<String> allowedHosts,
            List<String> allowedOrigins,
            boolean webUi) {}

    /**
     * How attempts are run.
     *
     * @param attemptsMax the most concurrent attempts of a partition; 0 for any number
     * @param eagerStateBytesMax state up to this size is sent along with the start; 0 for never
     * @param memory limits what may be on its way to handlers and back
     */
    public record Invoker(
            Duration inactivityTimeout,
            Duration abortTimeout,
            int attemptsMax,
            int eagerStateBytesMax,
            InvokerMemory memory) {}

    /** How the server reaches deployments. */
    public record Deployments(
            int messageBytesMax,
            int messageBytesWarning,
            Duration connectTimeout,
            Duration keepAliveInterval,
            Duration keepAliveTimeout,
            Duration idleTimeout,
            int streamsPerConnectionMax,
            Map<String, String> additionalHeaders,
            Optional<Path> identityKeyFile,
            Duration identityExpiration) {
        /** Without secrets, and therefore without most of it. */
        @Override
        public String toString() {
            return "Deployments[additionalHeaders=" + Secrets.shown(additionalHeaders) + ", …]";
        }
    }

    /** When failed attempts are retried; maxAttempts is 0 for no limit. */
    public record Retries(
            Duration initialInterval,
            double factor,
            Duration maxInterval,
            int maxAttempts,
            OnMaxAttempts onMaxAttempts) {}

    /** What happens to an invocation whose attempts are used up. */
    public enum OnMaxAttempts {
        PAUSE,
        KILL
    }

    /** How long completed invocations and their journals are kept. */
    public record Retention(Duration journal, Duration idempotency, Duration workflow) {}

    /** The log of the process. */
    public record Log(LogFilter filter, LogFormat format, boolean colours) {}

    /** The format of a line of the log. */
    public enum LogFormat {
        PRETTY,
        COMPACT,
        JSON
    }

    /** Where traces go: nowhere, unless there is an endpoint. */
    public record Tracing(Optional<String> endpoint, Map<String, String> headers) {
        /** Without secrets. */
        @Override
        public String toString() {
            return "Tracing[endpoint=" + endpoint.map(Secrets::shown) + ", headers=" + Secrets.shown(headers) + "]";
        }
    }

    static ServerConfig of(Settings settings) {
        return new ServerConfig(
                node(settings),
                new Disk(settings.require(Options.DISK_FREE_MIN), settings.require(Options.ON_DISK_FAILURE)),
                new Ingress(
                        bind(settings, Options.INGRESS, INGRESS_PORT),
                        settings.get(Options.INGRESS_ADVERTISED),
                        bytes(settings, Options.REQUEST_SIZE_LIMIT),
                        settings.get(Options.REQUEST_MEMORY),
                        settings.require(Options.STALL_TIMEOUT),
                        limits(settings, Options.INGRESS)),
                new Admin(
                        bind(settings, Options.ADMIN, ADMIN_PORT),
                        settings.require(Options.QUERY_MEMORY),
                        settings.get(Options.ADMIN_REQUEST_MEMORY),
                        limits(settings, Options.ADMIN),
                        settings.get(Options.ALLOWED_HOSTS).orElse(List.of()),
                        settings.get(Options.ALLOWED_ORIGINS).orElse(List.of()),
                        !settings.require(Options.NO_WEB_UI)),
                invoker(settings),
                deployments(settings),
                new Retries(
                        settings.require(Options.RETRY_INITIAL_INTERVAL),
                        settings.require(Options.RETRY_FACTOR),
                        settings.require(Options.RETRY_MAX_INTERVAL),
                        settings.require(Options.RETRY_MAX_ATTEMPTS),
                        settings.require(Options.RETRY_ON_MAX_ATTEMPTS)),
                new Retention(
                        settings.require(Options.JOURNAL_RETENTION),
                        settings.require(Options.IDEMPOTENCY_RETENTION),
                        settings.require(Options.WORKFLOW_RETENTION)),
                new Log(
                        settings.require(Options.LOG_FILTER),
                        settings.require(Options.LOG_FORMAT),
                        !settings.require(Options.LOG_NO_ANSI)),
                new Tracing(
                        settings.get(Options.TRACING_RUNTIME_ENDPOINT).or(() -> settings.get(Options.TRACING_ENDPOINT)),
                        settings.get(Options.TRACING_HEADERS).orElse(Map.of())));
    }

    private static Node node(Settings settings) {
        return new Node(
                Path.of(settings.require(Options.BASE_DIR)),
                settings.get(Options.NODE_NAME),
                settings.require(Options.CLUSTER_NAME),
                settings.require(Options.PARTITIONS),
                bind(settings, Options.NODE, NODE_PORT),
                !settings.require(Options.NO_METRICS),
                settings.require(Options.SHUTDOWN_TIMEOUT),
                limits(settings, Options.NODE));
    }

    private static ClientLimits limits(Settings settings, Listener listener) {
        return new ClientLimits(
                Math.toIntExact(settings.require(listener.headerBytesMax())),
                settings.require(listener.connectionsMax()),
                settings.require(Options.STALL_TIMEOUT));
    }

    private static Address bind(Settings settings, Listener listener, int defaultPort) {
        String host = settings.get(listener.ip())
                .or(() -> settings.get(Options.NODE.ip()))
                .orElse(ANY_ADDRESS);
        int port =
                settings.get(listener.port()).orElseGet(() -> settings.require(Options.RANDOM_PORTS) ? 0 : defaultPort);
        return settings.get(listener.address()).orElseGet(() -> new Address(host, port));
    }

    private static Invoker invoker(Settings settings) {
        boolean lazy = settings.require(Options.NO_EAGER_STATE);
        int eagerBytes = settings.get(Options.EAGER_STATE_SIZE_LIMIT).isPresent()
                ? bytes(settings, Options.EAGER_STATE_SIZE_LIMIT)
                : bytes(settings, Options.MESSAGE_SIZE_LIMIT);
        return new Invoker(
                settings.require(Options.INACTIVITY_TIMEOUT),
                settings.require(Options.ABORT_TIMEOUT),
                settings.require(Options.CONCURRENT_INVOCATIONS),
                lazy ? 0 : eagerBytes,
                memory(settings));
    }

    private static InvokerMemory memory(Settings settings) {
        long messageBytes = settings.require(Options.MESSAGE_SIZE_LIMIT);
        long suitable = Math.min(INVOKER_MEMORY_BYTES_MAX, Runtime.getRuntime().maxMemory() / INVOKER_SHARE_OF_HEAP);
        return new InvokerMemory(
                settings.get(Options.INVOKER_MEMORY).orElse(suitable),
                settings.require(Options.INITIAL_MEMORY),
                Math.min(messageBytes, settings.get(Options.INVOCATION_MEMORY).orElse(messageBytes)));
    }

    private static Deployments deployments(Settings settings) {
        return new Deployments(
                bytes(settings, Options.MESSAGE_SIZE_LIMIT),
                bytes(settings, Options.MESSAGE_SIZE_WARNING),
                settings.require(Options.CONNECT_TIMEOUT),
                settings.require(Options.KEEP_ALIVE_INTERVAL),
                settings.require(Options.KEEP_ALIVE_TIMEOUT),
                settings.require(Options.IDLE_CONNECTION_TIMEOUT),
                settings.require(Options.STREAMS_PER_CONNECTION),
                settings.get(Options.ADDITIONAL_HEADERS)
                        .orElseGet(() -> Map.of(CLUSTER_HEADER, visible(settings.require(Options.CLUSTER_NAME)))),
                settings.get(Options.IDENTITY_KEY_FILE)
                        .or(() -> settings.get(Options.IDENTITY_KEY_FILE_TOP))
                        .map(Path::of),
                settings.require(Options.IDENTITY_EXPIRATION));
    }

    /** The characters that may appear in a header. */
    private static String visible(String text) {
        return text.replaceAll("[^ -~]", "");
    }

    private static int bytes(Settings settings, Option<Long> option) {
        return (int) Math.min(Integer.MAX_VALUE, settings.get(option).orElse(0L));
    }
}
