package dev.reprise.server;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.server.config.ServerConfig;

/** Translates the server's configuration into the engine's. */
final class EngineSettings {
    private EngineSettings() {}

    static EngineConfig of(ServerConfig config, int partitions) {
        ServerConfig.Invoker invoker = config.invoker();
        return EngineConfig.builder()
                .partitions(partitions)
                .attemptsMax(invoker.attemptsMax() == 0 ? Integer.MAX_VALUE : invoker.attemptsMax())
                .idempotencyRetention(config.retention().idempotency())
                .workflowRetention(config.retention().workflow())
                .journalRetention(config.retention().journal())
                .inactivityTimeout(invoker.inactivityTimeout())
                .abortTimeout(invoker.abortTimeout())
                .retryPolicy(retryPolicy(config.retries()))
                .eagerStateBytesMax(invoker.eagerStateBytesMax())
                .memory(invoker.memory())
                .build();
    }

    private static RetryPolicy retryPolicy(ServerConfig.Retries retries) {
        return new RetryPolicy(
                retries.initialInterval(),
                retries.factor(),
                retries.maxInterval(),
                retries.maxAttempts(),
                switch (retries.onMaxAttempts()) {
                    case PAUSE -> RetryPolicyOnMaxAttempts.PAUSE;
                    case KILL -> RetryPolicyOnMaxAttempts.KILL;
                });
    }
}
