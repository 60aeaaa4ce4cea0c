package dev.reprise.server.config;

import java.util.List;

/** Keys that the original has and this server does not. */
final class ForeignKeys {
    /** About parts that do not exist here; ignoring these keys changes nothing that a user could see. */
    private static final List<String> WITHOUT_MEANING = List.of(
            "bifrost.*",
            "default-replication",
            "default-thread-*",
            "disable-config-sql-table",
            "experimental-*",
            "*.experimental-*",
            "gossip-*",
            "hlc-max-drift",
            "initialization-timeout",
            "ingress.ingestion.*",
            "log-server.*",
            "metadata-*",
            "network-error-retry-policy.*",
            "networking.*",
            "rocksdb-*",
            "storage-*-priority-bg-threads",
            "tokio-console-bind-address",
            "admin.disable-cluster-controller",
            "admin.heartbeat-interval",
            "admin.listen-mode",
            "admin.query-engine.*",
            "admin.use-random-ports",
            "ingress.http2-max-concurrent-streams",
            "ingress.listen-mode",
            "ingress.use-random-ports",
            "worker.data-service-memory-limit",
            "worker.durability-mode",
            "worker.internal-queue-length",
            "worker.max-command-batch-*",
            "worker.num-timers-in-memory-limit",
            "worker.rule-book-poll-interval",
            "worker.self-proposal-queue-memory-limit",
            "worker.shuffle.*",
            "worker.storage.*",
            "worker.trim-delay-interval",
            "worker.invoker.http2-*",
            "worker.invoker.in-memory-queue-length-limit",
            "worker.invoker.max-awaited-future-depth",
            "worker.invoker.request-compression-threshold",
            "worker.invoker.tmp-dir");

    /** About something that a user would miss. */
    private static final List<String> MISSING = List.of(
            "max-*-retention",
            "max-retry-policy-max-attempts",
            "tracing-json-path",
            "tracing-services-endpoint",
            "*.concurrent-api-requests-limit",
            "*.advertised-*-endpoint",
            "admin.deployment-routing-headers",
            "ingress.kafka-clusters",
            "worker.invoker.action-throttling.*",
            "worker.invoker.invocation-throttling.*",
            "worker.invoker.aws-*",
            "worker.invoker.http-proxy",
            "worker.invoker.no-proxy",
            "worker.snapshots.*");

    private ForeignKeys() {}

    /** Patterns of the keys that configure what this server cannot do. */
    static List<String> missing() {
        return MISSING;
    }

    /** Whether a key can be ignored silently. */
    static boolean isWithoutMeaning(String key) {
        return matches(WITHOUT_MEANING, key);
    }

    /** Whether a key configures something that this server cannot do. */
    static boolean isMissing(String key) {
        return matches(MISSING, key);
    }

    private static boolean matches(List<String> patterns, String key) {
        return patterns.stream()
                .anyMatch(pattern -> key.matches(pattern.replace(".", "\\.").replace("*", ".*")));
    }
}
